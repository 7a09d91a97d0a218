import { type OpinionOf, refusedLast } from './opinion.ts'
import { type Candidate, candidatesOf } from './return-candidates.ts'
import type { AlsoDone, ReturnCard, ReturnCode } from './return-card.ts'
import type { SaveMoment } from './save-moment.ts'
import type { ToldAt } from './told-before.ts'

export type SaveReturn = { readonly card: ReturnCard | null; readonly alsoDone: readonly AlsoDone[] }

/** What serves this rep now comes first, what is only on its way last; equal figures are equally good. */
const TIER: Readonly<Record<ReturnCode, number>> = {
  SEGMENT_THRESHOLD: 0,
  SEGMENT_NEW: 1,
  REMINDER_SET: 2,
  PRIORITY_SOONER: 2,
  PRIORITY_LATER: 2,
  COMPARISON_PLACE_HIGHER: 3,
  COMPARISON_PLACE_LOWER: 3,
  COMPARISON_OUTCOME_HIGHER: 3,
  COMPARISON_OUTCOME_LOWER: 3,
  TREND_UP: 3,
  TREND_DOWN: 3,
  COMPARISON_PLACE_UNCLEAR: 4,
  COMPARISON_OUTCOME_UNCLEAR: 4,
  INSIGHT_FOUND: 4,
  TREND_STEADY: 5,
  COMPARISON_HERE: 5,
  REMINDER_LATER: 6,
  SEGMENT_STATUS: 7,
  COMPARISON_PROGRESS: 8,
  TREND_PROGRESS: 8,
  BADGE_ADDED: 9,
  REMINDER_KEPT: 10,
  PRIORITY_KEPT: 10,
  PRIORITY_STATUS: 10,
  BADGE_KEPT: 11,
  COMPARISON_READY: 12,
  INSIGHT_COUNTED: 12,
  INSIGHT_PROGRESS: 13,
  SEGMENT_PROGRESS: 13,
  REMINDER_PROGRESS: 14,
  PRIORITY_PROGRESS: 14,
  BADGE_PROGRESS: 15,
}

/** The last tier that is worth a sentence of its own: what follows is on its way, or stands on the card anyway. */
const LAST_WORTH = TIER.SEGMENT_STATUS

/** What is worth saying and was not said lately, what was, and what is only on its way. */
const levelOf = ({ card }: Candidate, toldAt: ToldAt): 0 | 1 | 2 =>
  TIER[card.code] > LAST_WORTH ? 2 : toldAt(card) === null ? 0 : 1

/**
 * What this rep judged of no use comes after all the rest; what was told him lately after what was not, that of longest ago
 * first: a sentence read six times a week is not read. Within a tier: what he found useful, then what was given now, then
 * the widest effect, then the nearest level, then the order of the form.
 */
const betterFor =
  (opinion: OpinionOf, toldAt: ToldAt) =>
  (a: Candidate, b: Candidate): number =>
    refusedLast(opinion)(a.card, b.card) ||
    levelOf(a, toldAt) - levelOf(b, toldAt) ||
    (levelOf(a, toldAt) === 1 ? (toldAt(a.card) ?? 0) - (toldAt(b.card) ?? 0) : 0) ||
    TIER[a.card.code] - TIER[b.card.code] ||
    Number(opinion(b.card) === true) - Number(opinion(a.card) === true) ||
    Number(b.given) - Number(a.given) ||
    b.effect - a.effect ||
    b.card.owner.rank - a.card.owner.rank

/**
 * What a save gives back: the one best card, and what else was done by the way. There is a card as soon as one question
 * has a return, with an empty pack too; none otherwise. The same moment always gives the same card.
 */
export function chooseReturn(moment: SaveMoment): SaveReturn {
  const { direct, counted } = candidatesOf(moment)
  const opinion = moment.opinion ?? (() => null)
  const toldAt = moment.toldAt ?? (() => null)
  const better = betterFor(opinion, toldAt)
  const first = [...direct].sort(better)[0]
  // Nothing a comparison or a trend can say comes before these.
  const enough =
    first !== undefined &&
    TIER[first.card.code] < TIER.COMPARISON_PLACE_HIGHER &&
    opinion(first.card) !== false &&
    toldAt(first.card) === null
  const best = enough ? first : [...direct, ...counted()].sort(better)[0]
  return {
    card: best?.card ?? null,
    alsoDone: direct.filter((candidate) => candidate !== best).flatMap(alsoDone),
  }
}

function alsoDone({ card, badge, reminder }: Candidate): AlsoDone[] {
  if (badge && card.code === 'BADGE_ADDED') return [{ kind: 'badge', code: 'BADGE_ADDED', badge }]
  return reminder && (card.code === 'REMINDER_SET' || card.code === 'REMINDER_LATER')
    ? [{ kind: 'reminder', code: 'REMINDER_SET', reminder }]
    : []
}
