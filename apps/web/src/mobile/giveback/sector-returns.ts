import { dayNumber } from '@fieldback/domain/agenda/day'
import { bucketLabelParts, UNKNOWN } from '@fieldback/domain/analytics/bucket'
import type { AnswerValue } from '@fieldback/domain/field/answer'
import type { FieldSpec, GivebackKind } from '@fieldback/domain/field/field-spec'
import type { EffectiveField } from '@fieldback/domain/field/resolve'
import { comparisonOf } from '@fieldback/domain/giveback/comparison'
import { comparisonSaid } from '@fieldback/domain/giveback/comparison-said'
import { fitsType } from '@fieldback/domain/giveback/fits-type'
import { type LocalRows, pathTo } from '@fieldback/domain/giveback/local-rows'
import type { OpinionOf } from '@fieldback/domain/giveback/opinion'
import type { Reminder } from '@fieldback/domain/giveback/reminder'
import type { ReturnCard, Said } from '@fieldback/domain/giveback/return-card'
import {
  type Segment,
  type SegmentCounts,
  type SegmentGiveback,
  segmentCounts,
  segmentOf,
  segmentRows,
} from '@fieldback/domain/giveback/segment'
import { tallyHere } from '@fieldback/domain/giveback/tally'
import type { ReturnPack } from '@fieldback/domain/sync/pull'

/** What a reader holds of his sector, without a visit at hand. */
export type Sector = {
  readonly fields: readonly EffectiveField[]
  readonly rows: LocalRows
  readonly pack: ReturnPack
  /** The reader's own territories. */
  readonly mine: readonly string[]
  readonly today: string
}

/** A return of the sector; `accountId` when it is about one account. */
export type SectorReturn = { readonly card: ReturnCard; readonly accountId: string | null }

export function sectorCard(field: EffectiveField, kind: ReturnCard['kind'], said: Said): ReturnCard {
  return {
    kind,
    fieldId: field.id,
    owner: field.owner,
    field: field.spec.label,
    params: {},
    giveback: null,
    answer: null,
    badge: null,
    evidence: [],
    proof: null,
    partial: false,
    asOf: null,
    ...said,
  }
}

/** Answers often enough given here to be worth comparing. */
const ANSWERS_COMPARED = 4

/** How much a comparison says: clear, then unclear, then alone, then still to come. */
const WEIGHT: Readonly<Record<string, number>> = {
  COMPARISON_PLACE_HIGHER: 3,
  COMPARISON_PLACE_LOWER: 3,
  COMPARISON_OUTCOME_HIGHER: 3,
  COMPARISON_OUTCOME_LOWER: 3,
  COMPARISON_PLACE_UNCLEAR: 2,
  COMPARISON_OUTCOME_UNCLEAR: 2,
  COMPARISON_HERE: 1,
}

const isClear = (card: ReturnCard): boolean => WEIGHT[card.code] === 3

const gap = ({ params }: ReturnCard): number =>
  Math.abs(Number(params.hereShare ?? 0) - Number(params.thereShare ?? params.hereShare ?? 0))

/** Of the two sides of one difference, what helps is said rather than what harms. */
const sayingMost = (a: ReturnCard, b: ReturnCard): number =>
  (WEIGHT[b.code] ?? 0) - (WEIGHT[a.code] ?? 0) ||
  gap(b) - gap(a) ||
  Number(b.code.endsWith('_HIGHER')) - Number(a.code.endsWith('_HIGHER'))

/** The comparison that says most about a question, over its most frequent answers; null when it has none. */
export function bestComparison(field: EffectiveField, sector: Sector): ReturnCard | null {
  const compares = field.spec.givebacks.some(({ kind }) => kind === 'comparison')
  if (!compares || !fitsType('comparison', field.spec.type)) return null
  const { rows, pack, mine, today } = sector
  const path = pathTo(mine[0] ?? '', rows.territories)
  const frequent = Object.entries(tallyHere(field, rows, today).buckets)
    .filter(([bucket]) => bucket !== UNKNOWN)
    .sort(([a, x], [b, y]) => y.n - x.n || (a < b ? -1 : 1))
    .slice(0, ANSWERS_COMPARED)
  const cards = frequent.flatMap(([bucket]) => {
    const found = comparisonOf({ field, answer: answerOf(field.spec, bucket), path, mine, rows, pack, today })
    if (found === null) return []
    const answer = found.bucket === null ? null : bucketLabelParts(field.spec, found.bucket)
    return [sectorCard(field, 'comparison', { ...comparisonSaid(found, field), answer })]
  })
  return cards.sort(sayingMost)[0] ?? sectorCard(field, 'comparison', noAnswerYet)
}

const noAnswerYet: Said = {
  code: 'COMPARISON_PROGRESS',
  params: { have: 0, need: 8, missing: 8, side: 'any' },
  evidence: [{ code: 'CASES', n: 0, of: 8 }],
}

/** An answer that falls in a bucket. */
function answerOf(spec: FieldSpec, bucket: string): AnswerValue {
  switch (spec.type) {
    case 'yes_no':
      return bucket === 'true'
    case 'multiple_choice':
      return [bucket]
    case 'integer':
    case 'decimal':
    case 'computed':
    case 'money':
    case 'duration':
    case 'rating':
      return Number(bucket)
    case 'date':
    case 'date_time':
      return `${bucket}-01`
    default:
      return bucket
  }
}

/** A segment of the sector with its place among those of its question, as the phone's address names it. */
export type SectorSegment = {
  readonly field: EffectiveField
  readonly giveback: SegmentGiveback
  readonly index: number
  readonly segment: Segment
}

export const segmentsOf = ({ fields, rows }: Pick<Sector, 'fields' | 'rows'>): SectorSegment[] =>
  fields.flatMap((field) =>
    field.spec.givebacks
      .filter((giveback) => giveback.kind === 'segment')
      .map((giveback, index) => ({
        field,
        giveback,
        index,
        segment: segmentOf(giveback, segmentRows(field, rows)),
      })),
  )

function segmentCard({
  field,
  giveback,
  segment,
}: Pick<SectorSegment, 'field' | 'giveback'> & { readonly segment: SegmentCounts }): ReturnCard {
  const { yes, answered, unanswered, reachable, withEmail } = segment
  const holder = field.entity === 'contact' ? 'contact' : 'account'
  return sectorCard(field, 'segment', {
    code: yes > 0 ? 'SEGMENT_STATUS' : 'SEGMENT_PROGRESS',
    params: { yes, answered, unanswered, reachable, withEmail, holder },
    giveback: giveback.label,
    evidence: [
      { code: 'MEMBERS', n: yes, of: answered },
      { code: 'UNANSWERED', n: unanswered, of: null },
      { code: 'REACHABLE', n: reachable, of: yes },
      { code: 'WITH_EMAIL', n: withEmail, of: yes },
    ],
    proof: answered > 0 ? { kind: 'dots', yes, other: answered - yes, unanswered, mark: null } : null,
  })
}

const reminderCard = (reminder: Reminder, field: EffectiveField): ReturnCard =>
  sectorCard(field, 'reminder', {
    code: 'REMINDER_SET',
    params: { day: reminder.day, dueDay: reminder.dueDay, inDays: 0 },
    giveback: reminder.label,
  })

/** Enough people to write to. */
const WORTH_WRITING = 5
/** Above this many reports a phone looks at a few questions only before it shows the day. */
const MANY_REPORTS = 5_000
const LOOKED_AT_WHEN_MANY = 4

/**
 * What comes back today: a reminder that is due, a clear comparison or a list worth writing to, another one each day;
 * else the nearest thing to one. What the reader judged of no use comes after all the rest. The same day, rows and opinions
 * always give the same card; null when no question gives anything.
 */
export function chooseTodayReturn(
  sector: Sector,
  due: readonly Reminder[],
  opinion: OpinionOf = () => null,
): SectorReturn | null {
  const sources = sourcesOf(sector, due)
  const isRefused = (source: Source) => opinion(source) === false
  return (
    chooseAmong(
      sources.filter((source) => !isRefused(source)),
      sector,
    ) ?? chooseAmong(sources.filter(isRefused), sector)
  )
}

function chooseAmong(sources: readonly Source[], sector: Sector): SectorReturn | null {
  if (sources.length === 0) return null
  const from = dayNumber(sector.today) % sources.length
  const many = sector.rows.reports.length > MANY_REPORTS
  const turned = [...sources.slice(from), ...sources.slice(0, from)]
  let best: Weighed | null = null
  for (const { weigh } of many ? turned.slice(0, LOOKED_AT_WHEN_MANY) : turned) {
    const found = weigh()
    if (found === null) continue
    if (found.weight >= 3) return found
    if (best === null || found.weight > best.weight) best = found
  }
  return best
}

type Weighed = SectorReturn & { readonly weight: number }

/** A return that could be told; what it weighs is worked out when it is its turn. */
type Source = {
  readonly fieldId: string
  readonly kind: GivebackKind
  readonly weigh: () => Weighed | null
}

function sourcesOf(sector: Sector, due: readonly Reminder[]): Source[] {
  const reminder = due[0]
  const recalled = reminder && sector.fields.find(({ id }) => id === reminder.fieldId)
  const first: Source[] =
    reminder && recalled
      ? [
          {
            fieldId: recalled.id,
            kind: 'reminder',
            weigh: () => ({
              card: reminderCard(reminder, recalled),
              accountId: reminder.accountId,
              weight: 3,
            }),
          },
        ]
      : []
  const others = sector.fields.flatMap((field) =>
    field.spec.givebacks.flatMap((giveback): Source[] => {
      const { kind } = giveback
      const of = { fieldId: field.id, kind }
      if (kind === 'comparison') return [{ ...of, weigh: () => weighed(bestComparison(field, sector)) }]
      if (kind !== 'segment') return []
      return [
        {
          ...of,
          weigh: () => {
            const segment = segmentCounts(giveback, field, sector.rows)
            const weight = segment.reachable >= WORTH_WRITING ? 3 : segment.reachable > 0 ? 1.5 : 0
            return { card: segmentCard({ field, giveback, segment }), accountId: null, weight }
          },
        },
      ]
    }),
  )
  return [...first, ...others]
}

const weighed = (card: ReturnCard | null): Weighed | null =>
  card && { card, accountId: null, weight: isClear(card) ? 3 : (WEIGHT[card.code] ?? 0) }
