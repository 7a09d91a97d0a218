import type { RollupDeltas } from './fold.ts'

/**
 * The kinds of rows that can be counted again from the documents, each with its key in the order in which folds write it.
 * Ledgers are none: what phones told of returns and of time is kept nowhere else.
 */
const KEYS = {
  cells: ['fieldId', 'basis', 'territoryId', 'month', 'bucket', 'outcome'],
  days: ['basis', 'territoryId', 'day', 'kind', 'outcome'],
  people: ['basis', 'territoryId', 'month', 'membershipId'],
  stocks: ['fieldId', 'territoryId', 'bucket'],
} as const satisfies { readonly [K in keyof RollupDeltas]?: readonly (keyof RollupDeltas[K][number])[] }

type Kind = keyof typeof KEYS
export type Counted = Pick<RollupDeltas, Kind>
export const COUNTED_KINDS = Object.keys(KEYS) as Kind[]

export const NOTHING_COUNTED: Counted = { cells: [], days: [], people: [], stocks: [] }

type Row = Readonly<Record<string, unknown>> & { readonly n: number; readonly sum?: number }
type Entry = { readonly row: Row; n: number; sum: number; extent: number }

/** A double that added up this many others may be off by its last digits. */
const ROUNDING = 1e-9

/**
 * Documents on one side, roll-ups and the facts that wait for them on the other: what is left over has drifted. All three
 * as they stand at one instant: a document is written with its fact, and a fact leaves as it is counted, so that the
 * difference stays what it is however much is filed and folded meanwhile.
 */
export class Balance {
  readonly #kinds = new Map<Kind, Map<string, Entry>>(COUNTED_KINDS.map((kind) => [kind, new Map()]))
  #rows = 0

  /** `times` 1: of the documents; -1: of the roll-ups and what waits for them. */
  add(counted: Partial<Counted>, times: 1 | -1): void {
    for (const kind of COUNTED_KINDS) {
      const entries = this.#kinds.get(kind)
      for (const row of (counted[kind] ?? []) as readonly Row[]) {
        const key = KEYS[kind].map((column) => row[column]).join('\u0000')
        const entry = entries?.get(key) ?? { row, n: 0, sum: 0, extent: 0 }
        entry.n += times * row.n
        entry.sum += times * (row.sum ?? 0)
        entry.extent += Math.abs(row.sum ?? 0)
        entries?.set(key, entry)
        this.#rows += 1
      }
    }
  }

  /** Rows that were put on either side. */
  get rows(): number {
    return this.#rows
  }

  /** What to add to the roll-ups so that they say what the documents say, in the order in which folds write. */
  drift(): Counted {
    const left = COUNTED_KINDS.map((kind) => {
      const rows = [...(this.#kinds.get(kind) ?? [])]
        .filter(([, { n, sum, extent }]) => n !== 0 || Math.abs(sum) > ROUNDING * Math.max(1, extent))
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([, { row, n, sum }]) => ('sum' in row ? { ...row, n, sum } : { ...row, n }))
      return [kind, rows]
    })
    return Object.fromEntries(left) as Counted
  }
}

export const rowsIn = (counted: Counted): number =>
  COUNTED_KINDS.reduce((sum, kind) => sum + counted[kind].length, 0)

/** The same in pieces of at most so many rows, each with rows of one kind, in order. */
export function inPieces(counted: Counted, most: number): Counted[] {
  return COUNTED_KINDS.flatMap((kind) =>
    Array.from({ length: Math.ceil(counted[kind].length / most) }, (_, at) => ({
      ...NOTHING_COUNTED,
      [kind]: counted[kind].slice(at * most, (at + 1) * most),
    })),
  )
}

/** Rows of some territories, as if counted at another where one is named. */
export const countedAt = (counted: Partial<Counted>, places: ReadonlySet<string>, as?: string): Counted =>
  each(counted, (row) => {
    if (!places.has(String(row.territoryId))) return null
    return as === undefined ? row : { ...row, territoryId: as }
  })

/** Rows as organised today. */
export const today = (counted: Counted): Counted =>
  each(counted, (row) => (row.basis === undefined || row.basis === 'today' ? row : null))

function each(counted: Partial<Counted>, keep: (row: Row) => Row | null): Counted {
  const kept = COUNTED_KINDS.map((kind) => [
    kind,
    ((counted[kind] ?? []) as readonly Row[]).map(keep).filter((row) => row !== null),
  ])
  return Object.fromEntries(kept) as Counted
}
