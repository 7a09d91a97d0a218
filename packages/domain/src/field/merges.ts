/**
 * What each answer of one question is in another: option id, "true" or "false" to the same. null beside one: it says
 * nothing there. "I do not know" is the same everywhere.
 */
export type AnswerMap = Readonly<Record<string, string | null>>

/**
 * A question whose answers are read as another's; `map` null: as they stand. `links`: questions read as that one.
 * `converted`: of another type, whose answers the server converts (conversion.ts); nothing is read through its map.
 */
export type FieldLink = {
  readonly from: string
  readonly map: AnswerMap | null
  readonly links: readonly FieldLink[]
  readonly converted?: true
}

/**
 * The questions that were made into this one; `live` false once that was taken back. Written once, never changed.
 * `unasked`: nobody is asked it itself, so that it has no answers of its own.
 */
export type Merges = {
  readonly live: boolean
  readonly links: readonly FieldLink[]
  readonly unasked?: true
}

/** Questions that are read as one now. */
export const liveLinks = ({ merges }: { readonly merges?: Merges | null }): readonly FieldLink[] =>
  merges?.live ? merges.links : []

/** What an answer is through a map, by its id; null when it says nothing there. */
export const through = (map: AnswerMap | null, token: string): string | null =>
  map === null ? token : (map[token] ?? null)

/** Every question that is read as another, near and far. */
export const sourcesOf = (links: readonly FieldLink[]): string[] =>
  links.flatMap(({ from, links: below }) => [from, ...sourcesOf(below)])
