/** The file from its beginning, as often as it is asked for. */
export type OpenFile = () => Promise<AsyncIterable<Uint8Array>>

/** A line as it stands in the file; `number` counts from 1, lines without anything included. */
export type TableRow = { readonly number: number; readonly cells: readonly string[] }

export type Table = {
  readonly format: { readonly encoding?: string; readonly separator?: string; readonly sheet?: string }
  /** Whether it could have more lines than the bound: worth counting before any is kept. */
  readonly mayExceed: boolean
  rows(): AsyncIterable<TableRow>
}
