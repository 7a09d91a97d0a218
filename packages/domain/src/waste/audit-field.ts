import type { EntryCost } from '../field/entry-seconds.ts'
import type { FieldType, GivebackKind } from '../field/field-spec.ts'
import { askAgainAfter, type Steadiness } from './steadiness.ts'
import { type UserGroup, type Users, usersOf } from './users.ts'

/** Months that an audit looks back, besides the one that runs. */
export const AUDIT_MONTHS = 3
const DAYS_A_MONTH = 365.25 / 12
/** A question younger than this has had no time to give anything back. */
export const YOUNG_DAYS = 90
/** Fewer answers say nothing of a question. */
export const ANSWERS_MIN = 30
/** Contests that speak for themselves, whoever wrote them. */
export const CONTESTS_MIN = 3

/** Returns per answer: from one in three on a question is well served, under one in fifty nearly never. */
const WELL_SERVED = 1 / 3
const SERVED = 1 / 50
/** Shares of answers. */
const ALL_ALIKE = 0.98
const MOSTLY_UNKNOWN = 0.4
const RARELY_ANSWERED = 0.05
/** An answer that fewer than one in fifty choose. */
const RARE_ANSWER = 0.02
/** A list shorter than this is read at one glance. */
const LONG_LIST = 8

/** What is known of a question over the months of the audit, over everybody: never per person. */
export type FieldUse = {
  readonly type: FieldType
  readonly required: boolean
  readonly givebacks: readonly GivebackKind[]
  /** Answers that are offered; 0 for a question without any. */
  readonly options: number
  /** Since its first version. */
  readonly ageDays: number
  /** What the months looked at amount to. */
  readonly days: number
  /** Answers typed, of which each cost its time. */
  readonly answers: number
  readonly cost: EntryCost
  /** What another question would cost in its place, asked as a choice among a few ranges. */
  readonly asRanges: EntryCost
  /** Returns shown, and those of them that were opened or acted on. */
  readonly received: number
  readonly used: number
  /** People who were shown one, by what they are. */
  readonly receivers: readonly UserGroup[]
  /** Insights that are shown of its answers. */
  readonly insights: number
  /** Its owner said of late that it stays. */
  readonly kept: boolean
  /** Of reports; null for what stays on an account or a contact, which is asked once. */
  readonly asked: number | null
  readonly answered: number
  readonly unknown: number
  /** How often each answer that says something was given. */
  readonly counts: readonly number[]
  /** Open ones. */
  readonly contests: number
  /** Branches beside that ask the same, as their concept says. */
  readonly twins: number
  /** How answers of one account follow each other; null where nobody looked. */
  readonly steadiness: Steadiness | null
}

export const SERVICES = ['well', 'little', 'never', 'young'] as const
/** How well a question is served by its returns; `young`: asked for too short a time to say. */
export type Service = (typeof SERVICES)[number]

export type Proposal =
  | { readonly kind: 'retire'; readonly reason: 'unused' | 'seldom' | 'rarely' | 'contested' }
  | { readonly kind: 'retire'; readonly reason: 'alike'; readonly share: number }
  | { readonly kind: 'optional'; readonly share: number }
  | { readonly kind: 'coarsen'; readonly reason: 'ranges' }
  | {
      readonly kind: 'coarsen'
      readonly reason: 'answers'
      readonly chosen: number
      readonly offered: number
    }
  | { readonly kind: 'lessOften'; readonly days: number; readonly share: number }
  | { readonly kind: 'promote'; readonly branches: number }
  | { readonly kind: 'keep' }

/** What is asked beside what is read: of a typed figure, or of a list of answers. */
export type Precision =
  | { readonly of: 'figure'; readonly read: 'figure' | 'ranges' }
  | { readonly of: 'answers'; readonly offered: number; readonly chosen: number }

export type FieldAudit = {
  readonly service: Service
  readonly proposal: Proposal
  /** Seconds that everybody together spends on it in a month. */
  readonly monthly: number
  /** Seconds that the proposal gives back: in a month, and in each report that is spared. */
  readonly saved: { readonly monthly: number; readonly each: number }
  /** Returns shown for one answer. */
  readonly returnsEach: number
  /** Of what was asked; null where it is not known how often it was asked. */
  readonly fillRate: number | null
  /** "I do not know", of what was answered; null without an answer. */
  readonly unknownRate: number | null
  /** Bits that one answer tells: 0 when all are alike. Null under ANSWERS_MIN. */
  readonly bits: number | null
  /** Null where nobody can tell: of words, of few answers. */
  readonly precision: Precision | null
  /** Who was shown its returns; null under five. */
  readonly users: Users | null
  /** Something stands out of its answers. */
  readonly standsOut: boolean
  readonly kept: boolean
}

/** What a question costs, what it gives back, and what had better become of it. */
export function auditField(use: FieldUse): FieldAudit {
  const monthly = use.days > 0 ? (use.answers * use.cost.seconds * DAYS_A_MONTH) / use.days : 0
  const service = serviceOf(use)
  const proposal = proposalFor(use, service)
  const share = savedShare(use, proposal)
  return {
    service,
    proposal,
    monthly,
    saved: { monthly: monthly * share, each: use.cost.seconds * share },
    returnsEach: returnsEach(use),
    fillRate: use.asked ? Math.min(1, use.answered / use.asked) : null,
    unknownRate: unknownRate(use),
    bits: sum(use.counts) < ANSWERS_MIN ? null : bitsOf(use.counts),
    precision: precisionOf(use),
    users: usersOf(use.receivers),
    standsOut: use.insights > 0,
    kept: use.kept,
  }
}

const returnsEach = ({ answers, received }: FieldUse): number => received / Math.max(1, answers)

/** Roll-ups are folded by turns: one may be a moment ahead of another. */
const unknownRate = ({ answered, unknown }: FieldUse): number | null =>
  answered > 0 ? Math.min(1, unknown / answered) : null

function serviceOf(use: FieldUse): Service {
  if (use.ageDays < YOUNG_DAYS || Math.max(use.answers, use.received) < ANSWERS_MIN) return 'young'
  // What stands out of a question was found for everybody who answers it.
  if (use.insights > 0) return 'well'
  const each = returnsEach(use)
  if (each >= WELL_SERVED) return 'well'
  return each >= SERVED ? 'little' : 'never'
}

/** The strongest that applies; a question is judged on its first 90 days at the earliest. */
function proposalFor(use: FieldUse, service: Service): Proposal {
  if (service === 'young') return KEEP
  // Its owner has answered, or something stands out of it.
  const retire = use.kept || use.insights > 0 ? null : retirement(use, service)
  if (retire) return retire
  const unknown = unknownRate(use) ?? 0
  if (use.required && unknown >= MOSTLY_UNKNOWN) return { kind: 'optional', share: unknown }
  if (readInRanges(use) && use.asRanges.seconds < use.cost.seconds)
    return { kind: 'coarsen', reason: 'ranges' }
  const precision = precisionOf(use)
  if (precision?.of === 'answers' && use.options >= LONG_LIST && precision.chosen <= use.options / 2)
    return { kind: 'coarsen', reason: 'answers', chosen: precision.chosen, offered: use.options }
  const days = use.steadiness && !ONLY_OF_REPORTS.has(use.type) ? askAgainAfter(use.steadiness) : null
  if (use.steadiness && days !== null)
    return { kind: 'lessOften', days, share: use.steadiness.same / use.steadiness.pairs }
  if (use.twins >= 2) return { kind: 'promote', branches: use.twins + 1 }
  return KEEP
}

const KEEP: Proposal = { kind: 'keep' }

function retirement(use: FieldUse, service: Service): Proposal | null {
  if (service === 'never') return { kind: 'retire', reason: use.received === 0 ? 'unused' : 'seldom' }
  if (use.contests >= CONTESTS_MIN && service === 'little') return { kind: 'retire', reason: 'contested' }
  const known = sum(use.counts)
  const alike = known > 0 ? Math.max(...use.counts) / known : 0
  if (known >= ANSWERS_MIN && alike >= ALL_ALIKE) return { kind: 'retire', reason: 'alike', share: alike }
  return use.asked !== null && use.asked >= ANSWERS_MIN && use.answered / use.asked < RARELY_ANSWERED
    ? { kind: 'retire', reason: 'rarely' }
    : null
}

/** What no account can be asked. */
const ONLY_OF_REPORTS: ReadonlySet<FieldType> = new Set(['computed', 'photo'])
const TYPED_NUMBERS: ReadonlySet<FieldType> = new Set(['integer', 'decimal', 'money'])
/** Returns that show the figure itself, or count days from it. */
const EXACT: ReadonlySet<GivebackKind> = new Set(['badge', 'reminder'])

/** Whether a figure is typed that nobody is shown but by its range. */
const readInRanges = (use: FieldUse): boolean => {
  const precision = precisionOf(use)
  return precision?.of === 'figure' && precision.read === 'ranges'
}

function precisionOf({ type, givebacks, options, counts }: FieldUse): Precision | null {
  if (TYPED_NUMBERS.has(type))
    return { of: 'figure', read: givebacks.some((kind) => EXACT.has(kind)) ? 'figure' : 'ranges' }
  const known = sum(counts)
  if (options === 0 || known < ANSWERS_MIN) return null
  return { of: 'answers', offered: options, chosen: counts.filter((n) => n >= known * RARE_ANSWER).length }
}

function savedShare(use: FieldUse, proposal: Proposal): number {
  if (proposal.kind === 'retire') return 1
  // Who does not know leaves it out.
  if (proposal.kind === 'optional') return proposal.share
  if (proposal.kind === 'coarsen' && proposal.reason === 'ranges')
    return 1 - use.asRanges.seconds / use.cost.seconds
  if (proposal.kind === 'lessOften' && use.steadiness) return 1 - use.steadiness.gapDays / proposal.days
  // A shorter list is found quicker, and nobody has measured by how much; one question for several costs the same.
  return 0
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, n) => total + n, 0)

/** Entropy of the answers, in bits. */
function bitsOf(counts: readonly number[]): number {
  const total = sum(counts)
  return counts.reduce((bits, n) => (n > 0 ? bits - (n / total) * Math.log2(n / total) : bits), 0)
}
