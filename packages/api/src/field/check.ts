import { type Branch, branchFacts } from '@fieldback/db/field/branch-facts.repo'
import { findField, liveTypes } from '@fieldback/db/field/field.repo'
import { findRealAnswers, type RealAnswers } from '@fieldback/db/field/real-answers.repo'
import { fieldUsage, NO_USAGE } from '@fieldback/db/field/usage.repo'
import { type StandingFault, standingFaults } from '@fieldback/db/giveback/fault.repo'
import { requireTerritory, type ScopedDb } from '@fieldback/db/scoped-db'
import { addDays, monthStart } from '@fieldback/domain/agenda/day'
import { type BucketLabel, bucketLabelParts, sortBuckets } from '@fieldback/domain/analytics/bucket'
import { type ErrorCode, type ErrorParams, FieldbackError } from '@fieldback/domain/errors'
import { type EntryCost, entryCost, expectedCost } from '@fieldback/domain/field/entry-seconds'
import type {
  FieldEntity,
  FieldSpec,
  FieldType,
  Giveback,
  GivebackKind,
  Localised,
} from '@fieldback/domain/field/field-spec'
import { keyOf, tidySpec, withItems } from '@fieldback/domain/field/plan-publish'
import { type Basis, checkGiveback, type GivebackVerdict } from '@fieldback/domain/giveback/check-giveback'
import { isWithin } from '@fieldback/domain/territory/path'
import type { Rank } from '@fieldback/domain/territory/rank'
import { planAt } from './publish.ts'

export type CheckRequest = {
  readonly territoryId: string
  readonly entity: FieldEntity
  readonly fieldId: string | null
  readonly spec: FieldSpec
}

/** Real answers to try a return on: of the question itself, or of the same one elsewhere. */
export type Sample = {
  readonly owner: { readonly id: string; readonly name: string; readonly rank: Rank }
  /** Inside the branch of the territory that publishes. */
  readonly own: boolean
  readonly label: Localised
  readonly answered: number
  readonly buckets: readonly { readonly bucket: string; readonly label: BucketLabel; readonly n: number }[]
}

export type FieldCheck = {
  /** Each kind of return, as chosen in the draft or as it would be by default. */
  readonly verdicts: Readonly<Record<GivebackKind, GivebackVerdict>>
  /** What publication would refuse now; null when it would publish. */
  readonly fault: { readonly code: ErrorCode; readonly params: ErrorParams } | null
  readonly affected: Affected
  /** Seconds of one answer. */
  readonly cost: EntryCost
  readonly sample: Sample | null
  /** Returns of the version in force that reach nobody any more. */
  readonly broken: readonly StandingFault[]
}

/** Whom a question concerns in a branch. */
export type Affected = {
  readonly territories: number
  readonly reps: number
  readonly accounts: number
  readonly contacts: number
  /** Means of the last 60 days. */
  readonly reportsPerMonth: number
  readonly metPerMonth: number
  /** Null when these were measured; else what the next 60 days should bring. */
  readonly basis: Basis | null
}

/** Judges a draft as publication will, says whom it concerns and what it costs, and finds answers to try it on. */
export async function check(sdb: ScopedDb, request: CheckRequest): Promise<FieldCheck> {
  const { entity, fieldId } = request
  const territory = await requireTerritory(sdb, 'field.define', request.territoryId)
  const previous = fieldId === null ? null : (await findField(sdb, fieldId)).definition
  const spec = tidySpec(entity, request.spec)
  const { plan, branch, items } = await planAt(sdb, territory, { entity, spec, previous })
  const answered = withItems(spec, items)
  const since = monthStart(addDays(sdb.scope.day, -365))
  const answers = await findRealAnswers(
    sdb,
    territory.path,
    { fieldId, entity, type: spec.type, key: previous?.key ?? keyOf(spec.label.fr) },
    since,
  )
  return {
    verdicts: verdictsOf(answered, (giveback) => checkGiveback(giveback, { entity, spec: answered }, branch)),
    fault: plan.ok ? null : { code: plan.code, params: plan.params },
    affected: affectedIn(branch, entity),
    cost: await costOf(sdb, spec.type, fieldId),
    broken: previous ? ((await standingFaults(sdb, [previous.id])).get(previous.id) ?? []) : [],
    sample: answers && sampleOf(answers, isWithin(territory.path, answers.owner.path)),
  }
}

function affectedIn(branch: Branch, entity: FieldEntity): Affected {
  const met = {
    report: branch.reportsLast60Days,
    account: branch.accountsMetLast60Days,
    contact: branch.contactsMetLast60Days,
  }
  return {
    territories: branch.territories,
    reps: branch.fieldReps,
    accounts: branch.accounts,
    contacts: branch.contacts,
    reportsPerMonth: branch.reportsLast60Days / 2,
    metPerMonth: met[entity] / 2,
    basis: branch.basis ?? null,
  }
}

/** Whom a question that exists concerns in a branch where it is asked, and what it costs. NOT_FOUND, FORBIDDEN. */
export async function affected(
  sdb: ScopedDb,
  request: { readonly territoryId: string; readonly fieldId: string },
): Promise<{ readonly affected: Affected; readonly cost: EntryCost }> {
  const territory = await requireTerritory(sdb, 'field.define', request.territoryId)
  const { definition, owner } = await findField(sdb, request.fieldId)
  if (!isWithin(owner.path, territory.path)) throw new FieldbackError('NOT_FOUND', { what: 'field' })
  const branch = await branchFacts(sdb, territory)
  return {
    affected: affectedIn(branch, definition.entity),
    cost: await costOf(sdb, definition.spec.type, definition.id),
  }
}

function verdictsOf(spec: FieldSpec, judge: (giveback: Giveback) => GivebackVerdict): FieldCheck['verdicts'] {
  const chosen = (kind: GivebackKind) => spec.givebacks.find((giveback) => giveback.kind === kind)
  const first = spec.type === 'yes_no' ? ['true'] : spec.options.filter((o) => !o.retired).map((o) => o.id)
  const usual: Readonly<Record<GivebackKind, Giveback>> = {
    badge: { kind: 'badge' },
    comparison: { kind: 'comparison' },
    trend: { kind: 'trend' },
    insight: { kind: 'insight' },
    segment: { kind: 'segment', label: spec.label, options: first.slice(0, 1) },
    reminder: { kind: 'reminder', label: spec.label, daysBefore: 30 },
    priority: { kind: 'priority', visits: first.slice(0, 1).map((option) => ({ option, everyDays: 30 })) },
  }
  const verdict = (kind: GivebackKind) => judge(chosen(kind) ?? usual[kind])
  return {
    badge: verdict('badge'),
    comparison: verdict('comparison'),
    trend: verdict('trend'),
    insight: verdict('insight'),
    segment: verdict('segment'),
    reminder: verdict('reminder'),
    priority: verdict('priority'),
  }
}

/** Over the last three months. A question that exists is measured on itself, a new one on those of its type. */
async function costOf(sdb: ScopedDb, type: FieldType, fieldId: string | null): Promise<EntryCost> {
  const fields = await liveTypes(sdb)
  const same = fields.filter((field) => field.spec.type === type)
  const usage = await fieldUsage(
    sdb,
    same.map((field) => field.id),
    monthStart(addDays(sdb.scope.day, -92)),
  )
  const own = fieldId === null ? undefined : usage.get(fieldId)
  const measured = own && entryCost({ type, ...own })
  if (measured?.measured) return measured
  return expectedCost(
    type,
    same.map((field) => ({ type, ...(usage.get(field.id) ?? NO_USAGE) })),
  )
}

function sampleOf({ definition, owner, answered, buckets }: RealAnswers, own: boolean): Sample {
  const counts = new Map(buckets.map(({ bucket, n }) => [bucket, n]))
  return {
    owner: { id: owner.id, name: owner.name, rank: owner.rank },
    own,
    label: definition.spec.label,
    answered,
    buckets: sortBuckets(definition.spec, [...counts.keys()]).map((bucket) => ({
      bucket,
      label: bucketLabelParts(definition.spec, bucket),
      n: counts.get(bucket) ?? 0,
    })),
  }
}
