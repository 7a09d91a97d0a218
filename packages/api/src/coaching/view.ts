import { countPeople } from '@fieldback/db/analytics/analytics.repo'
import { findChildren } from '@fieldback/db/analytics/place.repo'
import {
  type AskedCount,
  type BehindAccount,
  countAsked,
  type DigestRow,
  findBehind,
  findDigests,
} from '@fieldback/db/coaching/digest.repo'
import { definitionsAround, type OwnedField } from '@fieldback/db/field/field.repo'
import { requireTerritory, type ScopedDb } from '@fieldback/db/scoped-db'
import { enqueue } from '@fieldback/db/sync/enqueue'
import type { Day } from '@fieldback/domain/agenda/day'
import { besideSmall, GROUP_MIN, type SizeVerdict, visible } from '@fieldback/domain/analytics/group-size'
import { keptBack } from '@fieldback/domain/analytics/kept-back'
import { monthOfDay } from '@fieldback/domain/analytics/period'
import { type DigestSpan, type Leading, PRIVATE, spanStart } from '@fieldback/domain/coaching/digest'
import type { FieldEntity, Localised } from '@fieldback/domain/field/field-spec'
import { isWithin } from '@fieldback/domain/territory/path'
import type { Rank } from '@fieldback/domain/territory/rank'

type PlaceName = { readonly id: string; readonly name: string; readonly rank: Rank }

/** How much reports say, as shares; shown from five people and eight cases up, of the reader's own branch too. */
export type Depth = {
  readonly reports: number
  /** With a free note; with a photo. */
  readonly noted: number
  readonly pictured: number
  /** Questions that need not be answered, each time one was asked, and those that were answered. */
  readonly asked: number
  readonly answered: number
}

export type DepthAt = {
  readonly place: PlaceName
  readonly size: SizeVerdict
  /** Null where it is hidden. */
  readonly depth: Depth | null
}

export type LearnedQuestion = {
  readonly id: string
  readonly entity: FieldEntity
  readonly label: Localised
  readonly owner: PlaceName
  readonly n: number
}

export type CoachingView = {
  readonly since: Day
  /** Instant; null when it was never counted, and is being counted now. */
  readonly countedAt: string | null
  /** What a branch learned and did, by figure: totals of the branch; what reps made of returns, of five people or more. */
  readonly counts: DigestRow['counts']
  /** Questions that were answered, most first. */
  readonly questions: readonly LearnedQuestion[]
  readonly here: DepthAt
  readonly below: readonly DepthAt[]
}

/** Counted anew when somebody looks and it is older: nobody waits for it, and nothing is counted that nobody reads. */
const STALE_MS = 6 * 3_600_000
/** Questions that are looked at, from the top down, and those that are told. */
const READ_MOST = 300
const TOLD_MOST = 12

/** What the field taught a branch, how deep its reports are, and what was done with them. */
export async function viewCoaching(
  sdb: ScopedDb,
  { territoryId, span }: { readonly territoryId: string; readonly span: DigestSpan },
  now: Date,
): Promise<CoachingView> {
  const territory = await requireTerritory(sdb, 'analytics.read', territoryId)
  const children = (await findChildren(sdb, territoryId)).filter(({ closed }) => !closed)
  const places = [territory, ...children]
  const territoryIds = places.map(({ id }) => id)
  const digests = await findDigests(sdb, territoryIds, span)
  const digest = digests.find((one) => one.territoryId === territoryId)
  if (!digest || now.getTime() - Date.parse(digest.countedAt) > STALE_MS)
    await enqueue(sdb.tx, 'digest', sdb.scope.orgId)
  const since = digest?.since ?? spanStart(span, sdb.scope.day)
  const period = { from: monthOfDay(since), to: monthOfDay(sdb.scope.day) }

  const fields = await definitionsAround(sdb, territory.path, READ_MOST)
  const asked = fields.filter(
    ({ definition }) => definition.entity === 'report' && definition.spec.reportable,
  )
  // Those of a territory below are not asked in its sisters: what compares sisters looks at what all are asked.
  const optional = new Set(
    asked
      .filter(
        ({ definition: { spec }, owner }) =>
          !spec.required && spec.type !== 'computed' && isWithin(owner.path, territory.path),
      )
      .map(({ definition }) => definition.id),
  )
  const answers = [
    ...(await countAsked(sdb, {
      fieldIds: asked.map(({ definition }) => definition.id),
      territoryIds: [territoryId],
      period,
    })),
    ...(await countAsked(sdb, {
      fieldIds: [...optional],
      territoryIds: children.map(({ id }) => id),
      period,
    })),
  ]
  const peopleAt = await countPeople(sdb, {
    basis: 'today',
    period,
    territoryIds,
  })
  const deep = places.map(({ id, name, rank }) => {
    const depth = depthOf(
      digests.find((one) => one.territoryId === id),
      answers.filter((one) => one.territoryId === id && optional.has(one.fieldId)),
    )
    return { place: { id, name, rank }, people: peopleAt(id).people, depth }
  })
  const kept = keptBack(
    deep.slice(1).map(({ place, people, depth }) => ({ id: place.id, people, n: depth.reports })),
    peopleAt(territoryId).people,
  )
  const depths = deep.map(({ place, people, depth }): DepthAt => {
    const size = place.id === kept ? besideSmall(people) : visible({ people, n: depth.reports }, false)
    return { place, size, depth: size.visible ? depth : null }
  })
  const [here, ...below] = depths
  if (!here) throw new Error('a territory is among its own places')
  return {
    since,
    countedAt: digest?.countedAt ?? null,
    counts: told(digest?.counts ?? {}, peopleAt(territoryId).people),
    questions: learnedOf(
      fields,
      digest,
      answers.filter((one) => one.territoryId === territoryId),
    ),
    here,
    below,
  }
}

function told(counts: DigestRow['counts'], people: number): DigestRow['counts'] {
  if (people >= GROUP_MIN) return counts
  return Object.fromEntries(
    Object.entries(counts).filter(([figure]) => !(PRIVATE as readonly string[]).includes(figure)),
  )
}

function depthOf(digest: DigestRow | undefined, answers: readonly AskedCount[]): Depth {
  const { reports = 0, noted = 0, pictured = 0 } = digest?.counts ?? {}
  const sum = (key: 'asked' | 'answered') => answers.reduce((total, one) => total + one[key], 0)
  return { reports, noted, pictured, asked: sum('asked'), answered: sum('answered') }
}

/** Answers of reports from the roll-ups, those of accounts and contacts from the digest. */
function learnedOf(
  fields: readonly OwnedField[],
  digest: DigestRow | undefined,
  answers: readonly AskedCount[],
): LearnedQuestion[] {
  const answered = new Map(answers.map((one) => [one.fieldId, one.answered]))
  return fields
    .map(({ definition: { id, entity, spec }, owner }) => ({
      id,
      entity,
      label: spec.label,
      owner: { id: owner.id, name: owner.name, rank: owner.rank },
      n: (entity === 'report' ? answered.get(id) : digest?.counts[`field:${id}`]) ?? 0,
    }))
    .filter(({ n }) => n > 0)
    .sort((a, b) => b.n - a.n || (a.id < b.id ? -1 : 1))
    .slice(0, TOLD_MOST)
}

/** The accounts that a figure leads to. */
export async function accountsBehind(
  sdb: ScopedDb,
  {
    territoryId,
    span,
    figure,
  }: { readonly territoryId: string; readonly span: DigestSpan; readonly figure: Leading },
): Promise<BehindAccount[]> {
  await requireTerritory(sdb, 'analytics.read', territoryId)
  return findBehind(sdb, { territoryId, span, figure })
}
