import { inOrg } from '@fieldback/db/client'
import { importFields } from '@fieldback/db/import/fields.repo'
import {
  advance,
  deleteLines,
  failImport,
  finishReading,
  stageLines,
  type Work,
} from '@fieldback/db/import/work.repo'
import { FIELD_TARGET } from '@fieldback/domain/import/check-mapping'
import { guessMapping } from '@fieldback/domain/import/guess-mapping'
import { IMPORT_MAX, type ImportColumn, type ImportFailure } from '@fieldback/domain/import/import'
import type { StagedLine } from '@fieldback/domain/import/line'
import { LOCALES } from '@fieldback/i18n/locale'
import { messagesOf } from '@fieldback/i18n/messages'
import { ImportFailed } from './read/import-failed.ts'
import { keptCells, openTable, refuseTooMany } from './read/open-table.ts'
import type { Table } from './read/table.ts'
import { BATCH_TX, type ImportDeps, LINES_A_BATCH, type Stop } from './work.ts'

const LETTERS_A_BATCH = 2_000_000
const SAMPLED_LINES = 1_000
const SAMPLES = 3
const SAMPLE_LETTERS = 100

/** Titles of the column that our own files of refused lines end with. */
const REASONS: ReadonlySet<string> = new Set(
  LOCALES.map((locale) => messagesOf(locale).import.refusedFile.reasons),
)

/** Reads a file into lines. What makes a whole file unreadable is told, and nothing of it is kept. False when stopped. */
export async function readFile(deps: ImportDeps, work: Work, stop: Stop): Promise<boolean> {
  try {
    const { storageKey } = work
    if (storageKey === null || !(await deps.storage.exists(storageKey))) throw new ImportFailed('UNAVAILABLE')
    const table = await openTable(async () => {
      const body = await deps.storage.get(storageKey)
      if (body === null) throw new ImportFailed('UNAVAILABLE')
      return body
    })
    await refuseTooMany(table)
    const columns = await stageTable(deps, work, table, stop)
    if (columns === null) return false
    await inOrg(deps.db, work.orgId, async (tx) => {
      const entity = work.kind === 'accounts' ? 'account' : work.kind === 'contacts' ? 'contact' : null
      const { live } = entity === null ? { live: [] } : await importFields(tx, work.orgId, entity)
      const fields = live.map(({ id, spec: { label } }) => ({
        target: `${FIELD_TARGET}${id}`,
        labels: label.en === undefined ? [label.fr] : [label.fr, label.en],
      }))
      await finishReading(tx, work, {
        format: table.format,
        columns,
        mapping: guessMapping(work.kind, columns, fields),
      })
    })
    await deps.storage.delete(storageKey)
    return true
  } catch (error) {
    if (!(error instanceof ImportFailed)) throw error
    await giveUp(deps, work, error.failure)
    return true
  }
}

/** Gives a file up: its lines go, then it is said why. */
export async function giveUp(deps: ImportDeps, work: Work, failure: ImportFailure): Promise<void> {
  await dropLines(deps, work)
  await inOrg(deps.db, work.orgId, (tx) => failImport(tx, work, failure))
  if (work.storageKey !== null) await deps.storage.delete(work.storageKey)
}

/** Deletes all lines of an import, a bounded transaction at a time. */
export async function dropLines({ db }: ImportDeps, work: Work): Promise<void> {
  for (let deleted = LINES_A_DROP; deleted === LINES_A_DROP; ) {
    deleted = await inOrg(
      db,
      work.orgId,
      async (tx) => {
        await advance(tx, work, { handled: 0, position: 0 })
        return deleteLines(tx, work, LINES_A_DROP)
      },
      BATCH_TX,
    )
  }
}
const LINES_A_DROP = 10_000

/** Keeps the lines under the titles; a reading begun before goes on after the last line it kept. Null when stopped. */
async function stageTable(
  deps: ImportDeps,
  work: Work,
  table: Table,
  stop: Stop,
): Promise<ImportColumn[] | null> {
  const columns = new Columns()
  let batch: StagedLine[] = []
  let letters = 0
  let [first, lines, seen] = [0, 0, 0]
  const flush = async (): Promise<void> => {
    const last = batch.at(-1)
    if (!last) return
    const staged = batch
    await inOrg(
      deps.db,
      work.orgId,
      async (tx) => {
        await advance(tx, work, { handled: lines, lines, position: last.line })
        await stageLines(tx, work, staged)
      },
      BATCH_TX,
    )
    batch = []
    letters = 0
  }
  for await (const row of table.rows()) {
    seen += 1
    if (seen > IMPORT_MAX.lines + 1) throw new ImportFailed('TOO_MANY_LINES')
    const cells = keptCells(row)
    if (cells.length === 0) continue
    if (first === 0) {
      first = row.number
      columns.title(cells)
      continue
    }
    const kept = columns.cellsOf(cells)
    if (kept.length === 0) continue
    lines += 1
    if (lines <= SAMPLED_LINES) columns.sample(kept)
    const line = row.number - first + 1
    if (line <= work.position) continue
    batch.push({ line, cells: kept })
    letters += kept.reduce((sum, cell) => sum + cell.length, 0)
    if (batch.length < LINES_A_BATCH * 2 && letters < LETTERS_A_BATCH) continue
    await flush()
    if (stop?.aborted) return null
  }
  if (lines === 0) throw new ImportFailed('FILE_EMPTY')
  await flush()
  return columns.all()
}

/** The titles and first values of the columns. */
class Columns {
  private columns: { header: string; samples: string[] }[] = []
  /** Whether the last column is the one that we added ourselves. */
  private withReasons = false

  title(cells: readonly string[]): void {
    this.withReasons = cells.length > 1 && REASONS.has(cells.at(-1) ?? '')
    const headers = this.withReasons ? cells.slice(0, -1) : cells
    this.columns = headers.map((header) => ({ header: header.slice(0, SAMPLE_LETTERS), samples: [] }))
  }

  cellsOf(cells: readonly string[]): string[] {
    const kept = this.withReasons ? cells.toSpliced(this.columns.length, 1) : [...cells]
    while (kept.length > 0 && kept.at(-1) === '') kept.pop()
    return kept
  }

  sample(cells: readonly string[]): void {
    for (const [index, { samples }] of this.columns.entries()) {
      const cell = cells[index] ?? ''
      if (cell !== '' && samples.length < SAMPLES) samples.push(cell.slice(0, SAMPLE_LETTERS))
    }
  }

  all(): ImportColumn[] {
    return this.columns
  }
}
