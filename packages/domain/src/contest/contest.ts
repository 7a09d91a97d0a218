/** What may be wrong with a question. */
export const CONTEST_REASONS = ['useless', 'too_precise', 'asked_twice'] as const
export type ContestReason = (typeof CONTEST_REASONS)[number]

/** Letters of the word that goes with it. */
export const CONTEST_WORD_MAX = 500

/** What the owner of the question makes of it. */
export const CONTEST_ANSWERS = ['keep', 'change', 'retire'] as const
export type ContestAnswerKind = (typeof CONTEST_ANSWERS)[number]

/** Days without an answer after which the level above the owner is shown that somebody waits. */
export const CONTEST_LATE_DAYS = 14
