import { holdersOf } from '@fieldback/db/assignment/assignment.repo'
import { conceptsAround, type OwnedConcept } from '@fieldback/db/concept/concept.repo'
import { definitionsAround, type OwnedField } from '@fieldback/db/field/field.repo'
import { type FieldUsage, fieldUsage, NO_USAGE } from '@fieldback/db/field/usage.repo'
import { requireTerritory, type ScopedDb } from '@fieldback/db/scoped-db'
import { keptSince, standingSunsets } from '@fieldback/db/waste/sunset.repo'
import {
  type AnswerTally,
  effortMonths,
  insightsOf,
  NO_ANSWERS,
  receiversOf,
  standingOf,
  tallyAnswers,
  tookSince,
} from '@fieldback/db/waste/waste.repo'
import { verdictAt } from '@fieldback/domain/access/scope'
import { addDays, type Day, dayNumber } from '@fieldback/domain/agenda/day'
import {
  addMonths,
  daysOf,
  firstDay,
  lastMonths,
  monthOfDay,
  monthsOf,
} from '@fieldback/domain/analytics/period'
import {
  type EntryCost,
  entryCost,
  expectedCost,
  type FieldEntry,
  type TookKnown,
} from '@fieldback/domain/field/entry-seconds'
import type { FieldEntity, FieldType, Localised } from '@fieldback/domain/field/field-spec'
import { isWithin } from '@fieldback/domain/territory/path'
import type { Rank } from '@fieldback/domain/territory/rank'
import {
  AUDIT_MONTHS,
  auditField,
  type FieldAudit,
  type FieldUse,
  SERVICES,
  type Service,
} from '@fieldback/domain/waste/audit-field'
import { type Effort, effortOf } from '@fieldback/domain/waste/effort'
import { KEPT_DAYS, lastDayOf, type Sunset } from '@fieldback/domain/waste/sunset'

type PlaceName = { readonly id: string; readonly name: string; readonly rank: Rank }

export type AuditedField = FieldAudit & {
  readonly id: string
  readonly entity: FieldEntity
  readonly type: FieldType
  readonly label: Localised
  readonly owner: PlaceName
  readonly cost: EntryCost
  readonly answers: number
  /** Returns shown, and those opened or acted on. */
  readonly received: number
  readonly used: number
  /** Kinds of return that it is published with. */
  readonly givebacks: number
  readonly contests: number
  /** Questions that say the same, itself among them: what a promotion would begin from. */
  readonly alike: readonly string[]
  /** The last day on which it is asked, when it was proposed for retirement and its owner says nothing. */
  readonly lastDay: string | null
  /** The day from which it may be proposed again, when its owner said that it stays. */
  readonly keptUntil: string | null
  /** The reader may change and retire it. */
  readonly canDefine: boolean
}

export type WasteAudit = {
  /** First day of the months looked at. */
  readonly since: string
  /** Seconds a month, over all questions. */
  readonly monthly: Readonly<Record<Service, number>>
  readonly saved: number
  readonly questions: number
  /** People with the role of rep in the branch. */
  readonly reps: number
  /** Those with something to decide first, by what it gives back; then the dearest. */
  readonly fields: readonly AuditedField[]
  readonly effort: Effort
}

/** Questions that an audit reads, and those that it tells of: the cheapest of a very large branch are left out. */
const READ_MOST = 5_000
export const TOLD_MOST = 200
const EFFORT_MONTHS = 12

/** What the questions owned in a branch cost, give back, and had better become. */
export async function auditWaste(sdb: ScopedDb, territoryId: string): Promise<WasteAudit> {
  const territory = await requireTerritory(sdb, 'analytics.read', territoryId)
  const today = sdb.scope.day
  const since = firstDay(addMonths(monthOfDay(today), -AUDIT_MONTHS))
  const around = await definitionsAround(sdb, territory.path, READ_MOST)
  const owned = around.filter(({ owner }) => isWithin(territory.path, owner.path))
  const ids = owned.map(({ definition }) => definition.id)
  const usage = await fieldUsage(sdb, ids, since)
  const took = await tookSince(sdb, ids, since)
  const tallies = await tallyAnswers(
    sdb,
    owned.map(({ definition, owner }) => ({ fieldId: definition.id, territoryId: owner.id })),
    since,
  )
  const standing = await standingOf(sdb, ids)
  const sunsets = await standingSunsets(sdb, ids)
  const kept = await keptSince(sdb, ids, addDays(today, -KEPT_DAYS))
  const receivers = await receiversOf(sdb, ids, since)
  const insights = await insightsOf(sdb, ids)
  const alike = alikeOf(await conceptsAround(sdb, territory.path), new Set(ids))
  const reps = await holdersOf(sdb, territory.path, ['rep'])
  const asRanges = expectedCost(
    'single_choice',
    owned.map(({ definition: { id, spec } }) => entryOf(spec.type, usage.get(id), took.get(id))),
  )
  const fields = owned.map((field) => {
    const {
      since: first,
      contests,
      steadiness,
    } = standing.get(field.definition.id) ?? {
      since: today,
      contests: 0,
      steadiness: null,
    }
    return audited(sdb, field, {
      usage: usage.get(field.definition.id) ?? NO_USAGE,
      took: took.get(field.definition.id),
      tally: tallies.get(field.definition.id) ?? NO_ANSWERS,
      alike: alike.get(field.definition.id) ?? [],
      ageDays: dayNumber(today) - dayNumber(first),
      days: dayNumber(today) - dayNumber(since) + 1,
      contests,
      steadiness,
      sunset: sunsets.get(field.definition.id),
      keptOn: kept.get(field.definition.id),
      receivers: receivers.get(field.definition.id) ?? [],
      insights: insights.get(field.definition.id) ?? 0,
      asRanges,
    })
  })
  return {
    since,
    monthly: Object.fromEntries(
      SERVICES.map((service) => [service, sumOf(fields.filter((field) => field.service === service))]),
    ) as Record<Service, number>,
    saved: fields.reduce((sum, { saved }) => sum + saved.monthly, 0),
    questions: fields.length,
    reps: new Set(reps.map(({ membershipId }) => membershipId)).size,
    fields: fields.sort(worstFirst).slice(0, TOLD_MOST),
    effort: await effortAt(sdb, territory),
  }
}

const sumOf = (fields: readonly FieldAudit[]): number => fields.reduce((sum, { monthly }) => sum + monthly, 0)

const entryOf = (
  type: FieldType,
  { answers, seconds, people }: FieldUsage = NO_USAGE,
  took?: TookKnown,
): FieldEntry => ({ type, answers, seconds, people, ...(took ? { took } : {}) })

/** What may be decided comes before what is to be kept. */
const worstFirst = (a: AuditedField, b: AuditedField): number =>
  Number(a.proposal.kind === 'keep') - Number(b.proposal.kind === 'keep') ||
  b.saved.monthly - a.saved.monthly ||
  b.monthly - a.monthly ||
  (a.id < b.id ? -1 : 1)

type Around = {
  readonly usage: FieldUsage
  readonly took: TookKnown | undefined
  readonly tally: AnswerTally
  readonly alike: readonly string[]
  readonly ageDays: number
  readonly days: number
  readonly contests: number
  readonly sunset: Sunset | undefined
  readonly keptOn: Day | undefined
  readonly receivers: FieldUse['receivers']
  readonly insights: number
  readonly steadiness: FieldUse['steadiness']
  readonly asRanges: EntryCost
}

function audited(sdb: ScopedDb, { definition, owner }: OwnedField, around: Around): AuditedField {
  const { usage, took, tally, alike, ageDays, days, contests, sunset, keptOn, asRanges } = around
  const { receivers, insights, steadiness } = around
  const { id, entity, spec } = definition
  const { type, label, required } = spec
  const cost = entryCost(entryOf(type, usage, took))
  const onReport = entity === 'report'
  const audit = auditField({
    type,
    required,
    givebacks: spec.givebacks.map(({ kind }) => kind),
    options: spec.options.filter(({ retired, item }) => !retired && !item).length,
    ageDays,
    days,
    answers: usage.answers,
    cost,
    asRanges,
    received: usage.received,
    used: usage.used,
    receivers,
    insights,
    kept: keptOn !== undefined,
    asked: onReport && spec.reportable ? tally.asked : null,
    answered: tally.answered,
    unknown: tally.unknown,
    counts: tally.counts,
    contests,
    twins: Math.max(0, alike.length - 1),
    steadiness: onReport ? steadiness : null,
  })
  return {
    ...audit,
    id,
    entity,
    type,
    label,
    owner: { id: owner.id, name: owner.name, rank: owner.rank },
    cost,
    answers: usage.answers,
    received: usage.received,
    used: usage.used,
    givebacks: spec.givebacks.length,
    contests,
    alike,
    lastDay: sunset ? lastDayOf(sunset) : null,
    keptUntil: keptOn ? addDays(keptOn, KEPT_DAYS) : null,
    canDefine: verdictAt(sdb.scope, 'field.define', owner).allowed,
  }
}

/** By question, those of the branch that a concept says mean the same and that are still asked, each in its own place. */
function alikeOf(concepts: readonly OwnedConcept[], live: ReadonlySet<string>): Map<string, string[]> {
  const groups = concepts.map(({ links }) =>
    links.flatMap(({ definition }) => (live.has(definition.id) ? definition.id : [])),
  )
  return new Map(groups.filter((ids) => ids.length > 1).flatMap((ids) => ids.map((id) => [id, ids] as const)))
}

/** The twelve last whole months: the one that runs would be set against others with a part of its reports. */
async function effortAt(sdb: ScopedDb, territory: Parameters<typeof effortMonths>[1]): Promise<Effort> {
  const period = lastMonths(addMonths(monthOfDay(sdb.scope.day), -1), EFFORT_MONTHS)
  const known = new Map(
    (await effortMonths(sdb, territory, daysOf(period, sdb.scope.day))).map((month) => [month.month, month]),
  )
  return effortOf(
    monthsOf(period).map((month) => known.get(month) ?? { month, seconds: 0, reports: 0, people: 0 }),
  )
}
