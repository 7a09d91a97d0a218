/** Letters of a manager's note to a rep, and of what the rep answers. */
export const COACHING_TEXT_MAX = 2_000
/** Wordings that a note may have had before the present one: all of them are told. */
export const COACHING_EDITS_MAX = 20
/** Answers that a note takes. */
export const COACHING_ANSWERS_MAX = 50

/** What the rep makes of a note; it only goes forward, unless its author changes what it says. */
export const COACHING_MARKS = ['read', 'done'] as const
export type CoachingMark = (typeof COACHING_MARKS)[number]

/** What a note may be about, at most one of them. */
export const COACHING_SUBJECTS = ['account', 'report', 'field'] as const
export type CoachingSubject = {
  readonly kind: (typeof COACHING_SUBJECTS)[number]
  readonly id: string
}

/** Words with the instant of their writing, by the server's clock. */
export type CoachingLine = { readonly text: string; readonly at: string }

/** The further of two marks. */
export const furtherMark = (held: CoachingMark | null, set: CoachingMark): CoachingMark =>
  held === 'done' ? held : set
