import { memberNames } from '@fieldback/db/scenario/live-facts.repo'
import {
  type Remark,
  remarksOf,
  type Scenario,
  type ScenarioHead,
} from '@fieldback/db/scenario/scenario.repo'
import type { ScopedDb } from '@fieldback/db/scoped-db'
import { verdictAt } from '@fieldback/domain/access/scope'
import type { Localised } from '@fieldback/domain/field/field-spec'
import {
  type QuestionFollow,
  questionsOf,
  type RightFollow,
  rightsOf,
} from '@fieldback/domain/scenario/follow'
import type { Hindrance } from '@fieldback/domain/scenario/hindrance'
import type { StepMeeting } from '@fieldback/domain/scenario/meetings'
import {
  type Figures,
  figuresOf,
  type PlaceChange,
  type PlaceLoad,
  type PlaceOutlook,
  placesOf,
} from '@fieldback/domain/scenario/outlook'
import { type Outcome, subjectsOf } from '@fieldback/domain/scenario/project'
import { isSettled } from '@fieldback/domain/scenario/scenario'
import { isOwnChange, shownPlaces } from '@fieldback/domain/scenario/shown-places'
import { type ToldChoice, type ToldStep, toldChoice, toldStep } from '@fieldback/domain/scenario/told'
import type { Rank } from '@fieldback/domain/territory/rank'
import { isMeeting, type MeetingStep, type TreeNode } from '@fieldback/domain/territory/tree-step'
import { judge } from './hindrances.ts'
import { type Laid, layOver } from './live.ts'
import { requireScenario } from './open-scenario.ts'

/** Rows of the two trees, lines of what follows, names of one line and remarks that are told at once. */
const PLACES_MAX = 400
const FOLLOW_MAX = 40
const NAMES_MAX = 3
const REMARKS_MAX = 50
const CHOICES_MAX = 10

export type GestureLine = {
  readonly id: string
  readonly told: readonly ToldStep[]
  readonly outcome: Outcome
  /** Its steps by which questions clash, or did when something was chosen. */
  readonly meetings: readonly LineMeeting[]
  readonly by: string
  /** Instant. */
  readonly at: string
}

export type LineMeeting = {
  /** The place of the step in its gesture, and the step with what is chosen. */
  readonly at: number
  readonly step: MeetingStep
  /** At most 10; `more`: beyond. */
  readonly chosen: readonly ToldChoice[]
  readonly more: number
  /** Questions that nothing fit is chosen for, at most 10; `left`: how many there are. */
  readonly open: readonly Localised[]
  readonly left: number
  /** Choices made for questions that are others by now. */
  readonly stale: number
}

/** A load as it is shown: so many reps, and the names of the first three. */
export type ShownLoad = Omit<PlaceLoad, 'reps'> & { readonly reps: number; readonly names: readonly string[] }

/** A territory of the live tree, of the project, or of both; `place`: where it lies there, null when it is not there. */
export type PlaceLine = {
  readonly id: string
  readonly rank: Rank
  readonly change: PlaceChange | null
  readonly before: ShownSide | null
  readonly after: ShownSide | null
}
export type ShownSide = {
  readonly name: string
  readonly parentId: string | null
  /** Open territories directly under it. */
  readonly below: number
  readonly load: ShownLoad
}

/** What follows by itself, with the names of places in the place of their ids. */
export type Followed = {
  readonly questions: readonly QuestionFollow[]
  readonly rights: readonly RightFollow[]
  readonly more: number
}

export type ScenarioPage = Omit<ScenarioHead, 'territory' | 'authorId'> & {
  readonly territory: { readonly id: string; readonly name: string; readonly rank: Rank }
  readonly mine: boolean
  /** The organisation's day. */
  readonly today: string
  readonly gestures: readonly GestureLine[]
  /** What would keep it from being applied if its day were today; nothing of one that is settled. */
  readonly hindrances: readonly Hindrance[]
  readonly figures: Figures
  /** Parents before those below them, neighbours by name; `left`: beyond 400. */
  readonly places: readonly PlaceLine[]
  readonly left: number
  readonly followed: Followed
  readonly remarks: readonly Remark[]
  readonly can: {
    readonly edit: boolean
    readonly copy: boolean
    readonly administer: boolean
    readonly readAccounts: boolean
  }
}

/** A scenario laid over the live organisation, with all that it would do. NOT_FOUND, FORBIDDEN, TOO_LARGE. */
export async function readScenario(
  sdb: ScopedDb,
  input: { readonly scenarioId: string; readonly open: readonly string[] },
  now: Date,
): Promise<ScenarioPage> {
  const scenario = await requireScenario(sdb, 'scenario.read', input.scenarioId)
  const { territory, gestures, authorId, plannedBy: _, ...head } = scenario
  // What was applied is in the tree by now: laid over it again, it would only be in its own way.
  const laid = await layOver(sdb, scenario.state === 'published' ? { ...scenario, gestures: [] } : scenario)
  const { live, projection, days } = laid
  const outlooks = placesOf(live, projection, days)
  const holds = (permission: Parameters<typeof verdictAt>[1]) =>
    verdictAt(sdb.scope, permission, territory).allowed
  return {
    ...head,
    territory: { id: territory.id, name: territory.name, rank: territory.rank },
    mine: authorId === sdb.scope.membershipId,
    today: days.today,
    gestures: await gestureLines(sdb, scenario, laid),
    hindrances: isSettled(scenario.state) ? [] : await judge(sdb, scenario, { laid, now }),
    figures: figuresOf(live, projection, days),
    ...placeLines(laid, outlooks, {
      top: territory.id,
      touched: touchedBy(laid, outlooks),
      opened: input.open,
    }),
    followed: followedBy(laid),
    remarks: await remarksOf(sdb, scenario.id, REMARKS_MAX),
    can: {
      edit: holds('territory.arrange') && !isSettled(scenario.state),
      copy: holds('territory.arrange'),
      administer: holds('organisation.administer'),
      readAccounts: holds('account.read'),
    },
  }
}

async function gestureLines(
  sdb: ScopedDb,
  { gestures }: Scenario,
  { live, projection }: Laid,
): Promise<GestureLine[]> {
  const steps = gestures.flatMap((gesture) => gesture.steps)
  const people = await memberNames(sdb, [
    ...gestures.map(({ by }) => by),
    ...steps.flatMap((step) => (step.of === 'assign' ? [step.membershipId] : [])),
  ])
  const names = {
    nodes: new Map([...projection.tree, ...live.tree].map((node) => [node.id, node])),
    held: new Map([...projection.carried.held, ...live.held].map((one) => [one.id, one])),
    questions: new Map(live.questions.map((question) => [question.id, question])),
    person: (id: string) => people.get(id) ?? '',
    made: new Map(steps.flatMap((step) => (step.of === 'create' ? [[step.id, step.name] as const] : []))),
  }
  return gestures.map((gesture, index) => ({
    id: gesture.id,
    told: gesture.steps.flatMap((step) => toldStep(step, names)),
    outcome: projection.outcomes[index] ?? { kind: 'already' },
    meetings: gesture.steps.flatMap((step, at) => {
      const index = projection.by.indexOf(gesture.id) + at
      const meeting = projection.by[index] === gesture.id ? projection.meetings[index] : undefined
      return meeting && isMeeting(step)
        ? lineMeeting(meeting, { step, at, nameOf: (id) => names.nodes.get(id)?.name ?? '' })
        : []
    }),
    by: people.get(gesture.by) ?? '',
    at: gesture.at,
  }))
}

function lineMeeting(
  { clashes, open, stale }: StepMeeting,
  { nameOf, ...line }: Pick<LineMeeting, 'step' | 'at'> & { readonly nameOf: (id: string) => string },
): LineMeeting[] {
  if (clashes.length + stale.length === 0) return []
  const chosen = clashes.flatMap((clash) => toldChoice(clash, nameOf))
  return [
    {
      ...line,
      chosen: chosen.slice(0, CHOICES_MAX),
      more: Math.max(0, chosen.length - CHOICES_MAX),
      open: open.flatMap(([first]) => first?.label ?? []).slice(0, CHOICES_MAX),
      left: open.length,
      stale: stale.length,
    },
  ]
}

/** Territories that the gestures change themselves, and homes between which accounts pass. */
export function touchedBy({ projection }: Laid, outlooks: ReadonlyMap<string, PlaceOutlook>): Set<string> {
  return new Set([
    ...[...outlooks].flatMap(([id, { change }]) => (isOwnChange(change) ? [id] : [])),
    ...projection.steps.flatMap(subjectsOf),
    ...projection.carried.flows.flatMap(({ from, to }) => (from === to ? [] : [from, to])),
  ])
}

export function placeLines(
  laid: Laid,
  outlooks: ReadonlyMap<string, PlaceOutlook>,
  wanted: {
    readonly top: string
    readonly touched: ReadonlySet<string>
    readonly opened: readonly string[]
  },
): { readonly places: PlaceLine[]; readonly left: number } {
  const trees = [laid.live.tree, laid.projection.tree]
  const [before, after] = trees.map(sideOf)
  const { shown, left } = shownPlaces(trees, { ...wanted, limit: PLACES_MAX })
  const places = [...shown].flatMap((id): PlaceLine[] => {
    const outlook = outlooks.get(id)
    const rank = (after?.node(id) ?? before?.node(id))?.rank
    if (!outlook || rank === undefined) return []
    return [
      {
        id,
        rank,
        change: outlook.change,
        before: before?.shown(id, outlook.before) ?? null,
        after: after?.shown(id, outlook.after) ?? null,
      },
    ]
  })
  const nameOf = ({ before, after }: PlaceLine) => (after ?? before)?.name ?? ''
  return { places: places.sort((a, b) => a.rank - b.rank || nameOf(a).localeCompare(nameOf(b), 'fr')), left }
}

function sideOf(tree: readonly TreeNode[]) {
  const nodes = new Map(tree.map((node) => [node.id, node]))
  const below = new Map<string, number>()
  for (const { parentId, closed } of tree)
    if (parentId !== null && !closed) below.set(parentId, (below.get(parentId) ?? 0) + 1)
  return {
    node: (id: string) => nodes.get(id),
    shown: (id: string, load: PlaceLoad | null): ShownSide | null => {
      const node = nodes.get(id)
      if (!node || node.closed || !load) return null
      const { reps, ...rest } = load
      return {
        name: node.name,
        parentId: node.parentId,
        below: below.get(id) ?? 0,
        load: { ...rest, reps: reps.length, names: reps.slice(0, NAMES_MAX) },
      }
    },
  }
}

function followedBy({ live, projection, days }: Laid): Followed {
  const nodes = new Map([...live.tree, ...projection.tree].map((node) => [node.id, node.name]))
  const named = (ids: readonly string[]) => ids.slice(0, NAMES_MAX).map((id) => nodes.get(id) ?? '')
  const questions = questionsOf(live, projection)
  const rights = rightsOf(live, projection, days)
  return {
    questions: questions.slice(0, FOLLOW_MAX).map((one) => ({ ...one, places: named(one.places) })),
    rights: rights.slice(0, FOLLOW_MAX).map(({ gained, lost, ...one }) => ({
      ...one,
      gained: { ...gained, places: named(gained.places) },
      lost: { ...lost, places: named(lost.places) },
    })),
    more: Math.max(0, questions.length - FOLLOW_MAX) + Math.max(0, rights.length - FOLLOW_MAX),
  }
}
