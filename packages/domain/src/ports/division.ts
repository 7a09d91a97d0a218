import type { Rank } from '../territory/rank.ts'

/** A place of a country's public division; `code` is unique within its rank. */
export type DivisionPlace = {
  readonly rank: Exclude<Rank, 0>
  readonly code: string
  readonly name: string
  /** Code of the place it lies in, one rank above; of the country for rank 1. */
  readonly parent: string
}

export type Division = {
  readonly country: { readonly code: string; readonly name: string }
  /** Every place after the one it lies in. */
  readonly places: readonly DivisionPlace[]
}

/** The public division of a country, which an organisation may take its territories from. */
export type DivisionPort = { read(): Promise<Division> }
