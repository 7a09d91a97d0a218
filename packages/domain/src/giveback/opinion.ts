import type { GivebackKind } from '../field/field-spec.ts'

type Opinion = { readonly useful: boolean /** YYYY-MM-DD */; readonly day: string }

/** What a person thinks of what comes back to him, as it stands: one opinion of each, those taken back left out. */
export type Opinions = {
  readonly returns: readonly (Opinion & { readonly fieldId: string; readonly kind: GivebackKind })[]
  readonly insights: readonly (Opinion & { readonly key: string })[]
}

/** What was said of a kind of return of a question; null: nothing. */
export type OpinionOf = (returned: {
  readonly fieldId: string
  readonly kind: GivebackKind
}) => boolean | null

export const opinionIn =
  ({ returns }: Pick<Opinions, 'returns'>): OpinionOf =>
  ({ fieldId, kind }) =>
    returns.find((one) => one.fieldId === fieldId && one.kind === kind)?.useful ?? null

/** How many were found useful since a day: opinions that stand, however often they were changed. */
export const foundUseful = ({ returns, insights }: Opinions, from: string): number =>
  [...returns, ...insights].filter(({ useful, day }) => useful && day >= from).length

/** What was judged of no use comes after all else: it is never the reason that nothing is said. */
export const refusedLast =
  (opinion: OpinionOf) =>
  (
    a: { readonly fieldId: string; readonly kind: GivebackKind },
    b: { readonly fieldId: string; readonly kind: GivebackKind },
  ): number =>
    Number(opinion(a) === false) - Number(opinion(b) === false)
