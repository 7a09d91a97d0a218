/** A question among those of the same owner. */
export type Ranked = { readonly id: string; readonly position: number }

/** Where a question may stand: behind another, or first when `after` is null. */
export type Standing = { readonly after: string | null; readonly position: number }

const MOST = 10_000

const isBefore = (a: Ranked, b: Ranked): boolean =>
  a.position < b.position || (a.position === b.position && a.id < b.id)

export const inOrder = <Question extends Ranked>(questions: readonly Question[]): Question[] =>
  questions.toSorted((a, b) => (isBefore(a, b) ? -1 : 1))

/**
 * The places that a position can give to a question among its neighbours. Neighbours at the same position go by id, so
 * that not every place between two of them can be had.
 */
export function standings(neighbours: readonly Ranked[], id: string): Standing[] {
  const list = inOrder(neighbours)
  return [undefined, ...list].flatMap((before, at) => {
    const after = list[at]
    const least = before?.position ?? 0
    const position = [least, least + 1].find(
      (one) =>
        one <= MOST &&
        (!before || isBefore(before, { id, position: one })) &&
        (!after || isBefore({ id, position: one }, after)),
    )
    return position === undefined ? [] : [{ after: before?.id ?? null, position }]
  })
}

/** Behind which neighbour a question stands at a position; null when it is first. */
export const standsAfter = (neighbours: readonly Ranked[], question: Ranked): string | null =>
  inOrder(neighbours).findLast((one) => isBefore(one, question))?.id ?? null
