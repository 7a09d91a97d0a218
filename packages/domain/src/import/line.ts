import { oneLine } from '../account/normalise.ts'
import type { ImportMapping, LineFault, LineMatch, LineOutcome } from './import.ts'
import { shownValue } from './read-cell.ts'

/** A line of the file as it was read. */
export type StagedLine = { readonly line: number; readonly cells: readonly string[] }

/**
 * What is found of a line. `matchKey` says "the same record" within the file, and is kept of a refused line that holds its
 * number against later ones; `recordId` is the record it is about.
 */
export type LineVerdict = {
  readonly line: number
  readonly outcome: LineOutcome
  readonly faults: readonly LineFault[]
  readonly matches: readonly LineMatch[]
  readonly matchKey: string | null
  readonly recordId: string | null
}

/** Reads the cells of one line by target, noting what does not fit. */
export class LineReader {
  readonly faults: LineFault[] = []
  private readonly cells: readonly string[]
  private readonly mapping: ImportMapping

  constructor({ cells }: StagedLine, mapping: ImportMapping, columns: number) {
    this.cells = cells
    this.mapping = mapping
    if (cells.length > columns) this.fault(null, 'CELLS_EXTRA', {})
  }

  fault(target: string | null, code: LineFault['code'], params: LineFault['params']): null {
    this.faults.push({ code, target, params })
    return null
  }

  /**
   * The cell on one line with single spaces, without what cannot be seen, or null when nothing is left or it is not mapped;
   * TOO_LONG beyond `max` letters.
   */
  text(target: string, max: number): string | null {
    const text = oneLine(this.raw(target)).replace(/\s+/gu, ' ')
    if (text === '') return null
    return text.length > max ? this.fault(target, 'TOO_LONG', { max }) : text
  }

  required(target: string, max: number): string | null {
    const before = this.faults.length
    const text = this.text(target, max)
    return text === null && this.faults.length === before ? this.fault(target, 'MISSING', {}) : text
  }

  /** The cell through a reader that answers null for what does not fit: then `code` with the value. */
  read<T>(target: string, code: LineFault['code'], read: (text: string) => T | null): T | null {
    const text = this.raw(target).trim()
    if (text === '') return null
    const value = read(text)
    return value ?? this.fault(target, code, { value: shownValue(text) })
  }

  raw(target: string): string {
    const column = this.mapping[target]
    return column === undefined ? '' : (this.cells[column] ?? '')
  }
}

export const refusedLine = (line: number, faults: readonly LineFault[]): LineVerdict => ({
  line,
  outcome: 'refused',
  faults,
  matches: [],
  matchKey: null,
  recordId: null,
})

type Taken = Pick<LineVerdict, 'outcome' | 'matchKey'> & Partial<Pick<LineVerdict, 'matches' | 'recordId'>>

/** A line that is not refused: by itself it looks like no other, and is about no record yet. */
export const takenLine = (line: number, taken: Taken): LineVerdict => ({
  line,
  faults: [],
  matches: [],
  recordId: null,
  ...taken,
})

/** Lines that come earlier in the file, by what makes them the same record. */
export type Earlier = {
  /** The first line of a key, among those before the batch. */
  readonly lineOfKey: ReadonlyMap<string, number>
  /** The first line about a record, among those before the batch. */
  readonly lineOfRecord: ReadonlyMap<string, number>
}

/** Whether an earlier line is the same record: a batch adds its own lines as it goes. */
export class Twice {
  private readonly keys: Map<string, number>
  private readonly records: Map<string, number>

  constructor({ lineOfKey, lineOfRecord }: Earlier) {
    this.keys = new Map(lineOfKey)
    this.records = new Map(lineOfRecord)
  }

  /** TWICE_IN_FILE when an earlier line has this key or is about this record; else notes that this line is. */
  fault(line: number, key: string | null, recordId: string | null): LineFault | null {
    const again = this.seen(line, key, recordId)
    if (again) return again
    if (key !== null) this.keys.set(key, line)
    if (recordId !== null) this.records.set(recordId, line)
    return null
  }

  /** The same, noting nothing: for a line that is refused whatever comes of it. */
  seen(line: number, key: string | null, recordId: string | null): LineFault | null {
    const earlier =
      (key === null ? undefined : this.keys.get(key)) ??
      (recordId === null ? undefined : this.records.get(recordId))
    return earlier !== undefined && earlier !== line
      ? { code: 'TWICE_IN_FILE', target: null, params: { line: earlier } }
      : null
  }
}
