import type { Scenario } from '@fieldback/db/scenario/scenario.repo'
import type { OrgDay, ScopedDb } from '@fieldback/db/scoped-db'
import { nearTree } from '@fieldback/db/territory/near-tree.repo'
import type { Scope } from '@fieldback/domain/access/scope'
import type { Day } from '@fieldback/domain/agenda/day'
import { FieldbackError } from '@fieldback/domain/errors'
import { type Hindrance, hindrancesOf } from '@fieldback/domain/scenario/hindrance'
import { type ToldStep, toldStep } from '@fieldback/domain/scenario/told'
import type { Fault } from '@fieldback/domain/territory/placement'
import { isMeeting } from '@fieldback/domain/territory/tree-step'
import { scopeOfMember, unsafeScopeOf } from '../open-session.ts'
import { namedBy } from '../territory/apply-steps.ts'
import { checkRights } from '../territory/step-rights.ts'
import { type Laid, layOver } from './live.ts'
import { requireScenario } from './open-scenario.ts'
import { clashesAt } from './step-clashes.ts'
import { stepNames } from './step-names.ts'

/** Steps whose choices are judged anew, and hindrances that are told at once. */
const CHOSEN_MAX = 20
const TOLD_MAX = 5

/** `told`: what the gesture says, none where all of it is kept. */
export type ToldHindrance = Omit<Hindrance, 'gestureId'> & { readonly told: readonly ToldStep[] }

/**
 * What would keep a planned scenario from being applied if its day were today, at most 5; `more`: beyond. None of one that is
 * not planned. NOT_FOUND, FORBIDDEN, TOO_LARGE.
 */
export async function readHindrances(
  sdb: ScopedDb,
  input: { readonly scenarioId: string },
  now: Date,
): Promise<{ readonly hindrances: readonly ToldHindrance[]; readonly more: number }> {
  const scenario = await requireScenario(sdb, 'scenario.read', input.scenarioId)
  if (scenario.state !== 'planned') return { hindrances: [], more: 0 }
  return toldHindrances(
    sdb,
    scenario,
    await judge(sdb, scenario, { laid: await layOver(sdb, scenario), now }),
  )
}

/** Hindrances with what their gestures say, the first 5. */
async function toldHindrances(
  org: OrgDay,
  { gestures }: Pick<Scenario, 'gestures'>,
  found: readonly Hindrance[],
): Promise<{ readonly hindrances: readonly ToldHindrance[]; readonly more: number }> {
  const names = await stepNames(
    org,
    gestures.flatMap(({ steps }) => steps),
  )
  const steps = (id: string | null) => gestures.find((gesture) => gesture.id === id)?.steps ?? []
  return {
    hindrances: found.slice(0, TOLD_MAX).map(({ gestureId, ...hindrance }) => ({
      ...hindrance,
      told: steps(gestureId).flatMap((step) => toldStep(step, names)),
    })),
    more: Math.max(0, found.length - TOLD_MAX),
  }
}

/**
 * What would keep a scenario that is laid over its branch from being applied: of a planned one also the choices, of the
 * first 20 steps with any, that who planned it could not carry out today, and rights that he will not hold on its day.
 */
export async function judge(
  sdb: ScopedDb,
  scenario: Scenario,
  { laid, now }: { readonly laid: Laid; readonly now: Date },
): Promise<Hindrance[]> {
  const found = hindrancesOf(scenario.gestures, laid.projection)
  if (scenario.plannedBy === null) return found
  const ids = { orgId: sdb.scope.orgId, membershipId: scenario.plannedBy }
  const planner = await unsafeScopeOf(sdb.tx, ids, now)
  const then = await unsafeScopeOf(sdb.tx, ids, noonOf(laid.days.effective))
  if (!planner || !then) return [ofAll({ code: 'MEMBERSHIP_REVOKED', params: {} }), ...found]
  const denied = await rightsFault(sdb, then, laid)
  return [
    ...(denied ? [ofAll(denied)] : []),
    ...found,
    ...(await choicesOf({ tx: sdb.tx, scope: planner }, scenario, laid)),
  ]
}

const ofAll = (fault: Fault): Hindrance => ({ gestureId: null, fault, question: null })

/** Which day it is there an hour off hardly ever matters: roles begin and end with days. */
const noonOf = (day: Day): Date => new Date(`${day}T12:00:00Z`)

async function rightsFault(sdb: ScopedDb, then: Scope, { projection }: Laid): Promise<Fault | null> {
  const near = await nearTree(sdb, namedBy(projection.steps))
  try {
    checkRights(then, new Map(near.map((place) => [place.id, place])), projection.steps)
    return null
  } catch (error) {
    if (!(error instanceof FieldbackError)) throw error
    return { code: error.code, params: error.params }
  }
}

async function choicesOf(planner: ScopedDb, { gestures }: Scenario, laid: Laid): Promise<Hindrance[]> {
  const chosen = gestures
    .flatMap(({ id, steps }) => steps.map((one, step) => ({ gestureId: id, step, one })))
    .filter(({ one }) => isMeeting(one) && (one.clashes ?? []).length > 0)
  const found: Hindrance[] = []
  for (const { gestureId, step } of chosen.slice(0, CHOSEN_MAX)) {
    const { clashes } = await clashesAt(planner, laid, { gestureId, step })
    for (const { outcome, sides } of clashes)
      if (outcome?.fault) found.push({ gestureId, fault: outcome.fault, question: sides[0]?.label ?? null })
  }
  return found
}

export type Hindered = Awaited<ReturnType<typeof toldHindrances>> & { readonly all: readonly Hindrance[] }

type Judging = { readonly scenario: Scenario; readonly now: Date }

/** The same for a job, read as who planned it reads; when nothing can be read, that is why. */
export async function hindrancesFor(org: OrgDay, judging: Judging): Promise<Hindered> {
  const all = await judgeAsPlanner(org, judging)
  return { ...(await toldHindrances(org, judging.scenario, all)), all }
}

async function judgeAsPlanner({ tx, scope }: OrgDay, { scenario, now }: Judging): Promise<Hindrance[]> {
  const ids = { orgId: scope.orgId, membershipId: scenario.plannedBy ?? '' }
  try {
    const sdb = { tx, scope: await scopeOfMember(tx, ids, now) }
    return await judge(sdb, scenario, { laid: await layOver(sdb, scenario), now })
  } catch (error) {
    if (!(error instanceof FieldbackError)) throw error
    return [ofAll({ code: error.code, params: error.params })]
  }
}
