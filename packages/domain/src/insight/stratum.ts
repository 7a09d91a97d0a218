/** One two-by-two table: `a` cases among `exposed` of `n`, where `positive` of the `n` are cases. */
export type Table = {
  readonly a: number
  readonly exposed: number
  readonly positive: number
  readonly n: number
}

/** `part` names what must agree with the rest (a branch below, a quarter), `cluster` who may be alike (a home). */
export type Stratum = Table & { readonly part: number; readonly cluster: number }

/** Counts that fit together: a fold under way or an edit half counted must not become a statement. */
export const fits = ({ a, exposed, positive, n }: Table): boolean =>
  a >= 0 && exposed >= a && positive >= a && n - exposed >= positive - a

/** Cases among the exposed beyond what the margins let expect. */
export const excessOf = ({ a, exposed, positive, n }: Table): number => a - (exposed * positive) / n

/** Variance of `a` when its margins are given and nothing is associated (hypergeometric). */
export const varianceOf = ({ exposed, positive, n }: Table): number =>
  n < 2 ? 0 : (exposed * (n - exposed) * positive * (n - positive)) / (n * n * (n - 1))
