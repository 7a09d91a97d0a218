import { addDays, daysBetween } from '../agenda/day.ts'
import { bucketLabelParts, bucketsOf, UNKNOWN } from '../analytics/bucket.ts'
import { INSIGHT_ANSWERS_MIN } from '../analytics/group-size.ts'
import type { Giveback } from '../field/field-spec.ts'
import type { EffectiveField } from '../field/resolve.ts'
import { dayOfMoment } from '../field/types/moment.ts'
import { type Badge, badgesOf } from './badge.ts'
import { type Comparison, comparisonOf, lacksReference } from './comparison.ts'
import { comparisonSaid } from './comparison-said.ts'
import { fitsType } from './fits-type.ts'
import { type LocalRows, pathTo, rowsOfAccount, rowsWithout, together, withSaved } from './local-rows.ts'
import { askedRhythms } from './priority.ts'
import type { Reminder } from './reminder.ts'
import type { Proof, ReturnCard, ReturnCode, Said } from './return-card.ts'
import { type SaveMoment, type Told, toldOf } from './save-moment.ts'
import { isMember, type SegmentGiveback, segmentCounts } from './segment.ts'
import { tallyHere, tallyOfReports } from './tally.ts'
import { trendOf } from './trend.ts'
import { trendSaid } from './trend-said.ts'

/** A return that could be shown; `effect` tells two of the same code apart, larger first. */
export type Candidate = {
  readonly card: ReturnCard
  readonly given: boolean
  readonly effect: number
  readonly badge: Badge | null
  readonly reminder: Reminder | null
}

/** How far ahead a reminder still helps this rep now. */
export const SOON_DAYS = 60

/** Counts worth saying: enough to write to, then round figures. */
const THRESHOLDS: ReadonlySet<number> = new Set([5, 10, 25, 50, 100, 250, 500, 1000])

type Seen = {
  readonly moment: SaveMoment
  /** All rows, and those of this account alone, once the save is in. */
  readonly after: LocalRows
  readonly card: LocalRows
  readonly field: EffectiveField
  readonly told: Told
}

/** One candidate for each return of each question; what is counted over reports waits to be asked for, it costs the most. */
export function candidatesOf(moment: SaveMoment): {
  readonly direct: readonly Candidate[]
  readonly counted: () => readonly Candidate[]
} {
  const { localRows, account } = moment
  const near = rowsOfAccount(localRows, account.id)
  const card = withSaved(near, moment)
  const after = together(rowsWithout(localRows, account.id), card)
  const seen = moment.fields.map((field) => ({
    moment,
    after,
    card,
    field,
    told: toldOf(field, moment, near),
  }))
  const of = (wanted: (kind: Giveback['kind']) => boolean): Candidate[] =>
    seen.flatMap((one) =>
      one.field.spec.givebacks
        .filter(({ kind }) => wanted(kind) && fitsType(kind, one.field.spec.type))
        .flatMap((giveback) => candidateOf(one, giveback) ?? []),
    )
  return {
    direct: of((kind) => !COUNTED.has(kind)),
    counted: () => of((kind) => COUNTED.has(kind)),
  }
}

/**
 * Counts beforehand what a save at an account will be set beside: all but that account. Answers a step a question, so that
 * whoever fills a form in is not held up.
 */
export function* countedBefore({
  fields,
  localRows,
  account,
  today,
}: Pick<SaveMoment, 'fields' | 'localRows' | 'account' | 'today'>): Generator<void> {
  const rows = rowsWithout(localRows, account.id)
  for (const field of fields) {
    for (const giveback of field.spec.givebacks) {
      if (!fitsType(giveback.kind, field.spec.type)) continue
      if (giveback.kind === 'segment') segmentCounts(giveback, field, rows)
      if (giveback.kind === 'trend') trendOf({ field, answer: null, rows, today })
      if (giveback.kind === 'comparison' || giveback.kind === 'insight') tallyHere(field, rows, today)
      if (giveback.kind === 'comparison') tallyOfReports(field, rows, today)
    }
    yield
  }
}

const COUNTED: ReadonlySet<Giveback['kind']> = new Set(['comparison', 'trend', 'insight'])

function candidateOf(seen: Seen, giveback: Giveback): Candidate | null {
  switch (giveback.kind) {
    case 'segment':
      return segmentCandidate(seen, giveback)
    case 'reminder':
      return reminderCandidate(seen, giveback)
    case 'priority':
      return priorityCandidate(seen)
    case 'comparison':
      return comparisonCandidate(seen)
    case 'trend':
      return trendCandidate(seen)
    case 'insight':
      return insightCandidate(seen)
    case 'badge':
      return badgeCandidate(seen)
  }
}

function candidate(seen: Seen, kind: ReturnCard['kind'], said: Said): Candidate {
  const { field, told, moment } = seen
  const { mine, pack } = moment
  const path = pathTo(moment.account.territoryId, seen.after.territories)
  const compared = field.spec.givebacks.some((giveback) => giveback.kind === 'comparison')
  return {
    given: told.given,
    effect: 0,
    badge: said.badge ?? null,
    reminder: null,
    card: {
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
      partial: compared && lacksReference({ field, path, mine, pack }),
      asOf: null,
      ...said,
    },
  }
}

function segmentCandidate(seen: Seen, giveback: SegmentGiveback): Candidate {
  const { field, after, told } = seen
  const { yes, answered, unanswered, reachable, withEmail } = segmentCounts(giveback, field, after)
  const member = isMember(giveback, told.now?.x)
  const joined = member && !isMember(giveback, told.before?.x)
  const code: ReturnCode = joined
    ? THRESHOLDS.has(yes)
      ? 'SEGMENT_THRESHOLD'
      : 'SEGMENT_NEW'
    : yes > 0
      ? 'SEGMENT_STATUS'
      : 'SEGMENT_PROGRESS'
  const proof: Proof = {
    kind: 'dots',
    yes,
    other: answered - yes,
    unanswered,
    mark: member ? 'yes' : told.now ? 'other' : null,
  }
  return {
    ...candidate(seen, 'segment', {
      code,
      params: { yes, answered, unanswered, reachable, withEmail, holder: holderOf(field) },
      giveback: giveback.label,
      evidence: [
        { code: 'MEMBERS', n: yes, of: answered },
        { code: 'UNANSWERED', n: unanswered, of: null },
        { code: 'REACHABLE', n: reachable, of: yes },
        { code: 'WITH_EMAIL', n: withEmail, of: yes },
      ],
      proof: answered + unanswered > 0 ? proof : null,
    }),
    effect: reachable,
  }
}

const holderOf = (field: EffectiveField): string => (field.entity === 'contact' ? 'contact' : 'account')

function reminderCandidate(seen: Seen, giveback: Extract<Giveback, { kind: 'reminder' }>): Candidate {
  const { field, told, moment } = seen
  const { account, contact, today } = moment
  const said = told.now?.x
  const day = typeof said === 'string' ? dayOfMoment(said) : ''
  if (day < today) {
    return candidate(seen, 'reminder', { code: 'REMINDER_PROGRESS', giveback: giveback.label })
  }
  const dueDay = addDays(day, -giveback.daysBefore)
  const inDays = Math.max(0, daysBetween(today, dueDay))
  const code = !told.given ? 'REMINDER_KEPT' : inDays <= SOON_DAYS ? 'REMINDER_SET' : 'REMINDER_LATER'
  const { id: fieldId, owner } = field
  return {
    ...candidate(seen, 'reminder', { code, params: { day, dueDay, inDays }, giveback: giveback.label }),
    effect: -inDays,
    reminder: {
      fieldId,
      owner,
      label: giveback.label,
      accountId: account.id,
      contactId: field.entity === 'contact' ? (contact?.id ?? null) : null,
      day,
      dueDay,
    },
  }
}

/** Of the rhythm that this account has after the save: an answer that another one overrides changes nothing. */
function priorityCandidate(seen: Seen): Candidate {
  const { field, card, told, moment } = seen
  const { account, fields, today } = moment
  const asked = askedRhythms(fields, card).get(account.id)
  const { visitEveryDays: usualDays, lastVisitDay } = account
  if (!asked || asked.fieldId !== field.id || asked.everyDays === usualDays)
    return candidate(seen, 'priority', { code: 'PRIORITY_PROGRESS' })
  const { everyDays, answer } = asked
  const wait = daysBetween(today, addDays(lastVisitDay ?? today, everyDays))
  const nextDay = addDays(today, Math.max(0, wait))
  const moved = everyDays < usualDays ? 'PRIORITY_SOONER' : 'PRIORITY_LATER'
  return {
    ...candidate(seen, 'priority', {
      code: told.given ? moved : 'PRIORITY_KEPT',
      params: { everyDays, usualDays, nextDay },
      answer,
    }),
    effect: -daysBetween(today, nextDay),
  }
}

function badgeCandidate(seen: Seen): Candidate {
  const { field, card, told, moment } = seen
  const { account, contact, report, today } = moment
  const sources: readonly (string | undefined)[] = [account.id, contact?.id, report.id]
  const badges = badgesOf([field], { ...card, account }, today)
  const fromHere = badges.find(({ sourceIds }) => sourceIds.some((id) => sources.includes(id)))
  const badge = fromHere ?? badges[0] ?? null
  const code = badge === null ? 'BADGE_PROGRESS' : fromHere && told.given ? 'BADGE_ADDED' : 'BADGE_KEPT'
  return candidate(seen, 'badge', { code, badge })
}

function comparisonCandidate(seen: Seen): Candidate | null {
  const { field, after, told, moment } = seen
  const { mine, pack, today } = moment
  const path = pathTo(moment.account.territoryId, after.territories)
  // Of report fields, only what this very report says is compared.
  const answer = (field.entity === 'report' ? moment.report.values[field.id] : told.now)?.x ?? null
  const found = comparisonOf({ field, answer, path, mine, rows: after, pack, today })
  if (found === null) return null
  const label = found.bucket === null ? null : bucketLabelParts(field.spec, found.bucket)
  return {
    ...candidate(seen, 'comparison', { ...comparisonSaid(found, field), answer: label }),
    effect: effectOf(found),
  }
}

/** Of report fields this very answer is followed; without one, the most frequent. */
function trendCandidate(seen: Seen): Candidate | null {
  const { field, after, moment } = seen
  const answer = moment.report.values[field.id]?.x ?? null
  const { mine, pack, today } = moment
  const found = trendOf({ field, answer, rows: after, today })
  if (found === null) return null
  const path = pathTo(moment.account.territoryId, after.territories)
  return {
    ...candidate(seen, 'trend', trendSaid(found, field, { path, mine, pack, today })),
    effect:
      found.verdict === 'too_few' ? found.have - found.need : Math.abs(found.last.share - found.before.share),
  }
}

/** What stands out of it already, best of the very answer given; else how far its answers here are from being judged. */
function insightCandidate(seen: Seen): Candidate {
  const { field, after, told, moment } = seen
  const given = bucketsOf(field.spec, told.now?.x ?? null).map(({ bucket }) => bucket)
  const found = moment.pack.insights?.filter(({ question }) => question?.id === field.id) ?? []
  const best = found.find(({ bucket }) => bucket !== null && given.includes(bucket)) ?? found[0]
  if (best)
    return candidate(seen, 'insight', {
      code: 'INSIGHT_FOUND',
      params: { insight: best.key },
      answer: best.bucket === null ? null : bucketLabelParts(field.spec, best.bucket),
      asOf: moment.pack.asOf,
    })
  const { answered, buckets } = tallyHere(field, after, moment.today)
  const have = answered - (buckets[UNKNOWN]?.n ?? 0)
  const need = INSIGHT_ANSWERS_MIN
  return candidate(seen, 'insight', {
    code: have >= need ? 'INSIGHT_COUNTED' : 'INSIGHT_PROGRESS',
    params: { have, need, missing: Math.max(0, need - have) },
    evidence: [{ code: 'CASES', n: have, of: need }],
  })
}

const effectOf = (found: Comparison): number =>
  found.verdict === 'too_few'
    ? found.have - found.need
    : found.verdict === 'here_only'
      ? found.here.n
      : Math.abs(found.here.share - found.there.share)
