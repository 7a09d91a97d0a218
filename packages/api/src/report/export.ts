import {
  partsOf,
  questionsAnswered,
  type ReportRecord,
  type ReportSearch,
  type ReportSpot,
  readRecords,
} from '@fieldback/db/report/report-list.repo'
import { noteUse } from '@fieldback/db/report/use.repo'
import { hiddenTextFields, type ScopedDb } from '@fieldback/db/scoped-db'
import { verdictAt } from '@fieldback/domain/access/scope'
import { FieldbackError } from '@fieldback/domain/errors'
import type { Cell } from '@fieldback/domain/export/csv'
import type { Locale } from '@fieldback/i18n/locale'
import type { Context } from '../context.ts'
import { type AnswerColumns, answerColumns, namesIn } from '../export/answer-columns.ts'
import { type Say, textsOf, wordsOf } from '../export/file-words.ts'
import { type Chunks, type FileFormat, tableFile } from '../export/table-file.ts'
import { withinSession } from '../within-session.ts'
import { coreHeads } from './file-texts.ts'
import { journalExport } from './journal-export.ts'
import { openSearch, REPORT_EXPORT_MAX, type ReportQuery } from './search.ts'

const ROWS_A_PAGE = 1_000
/** Ids and keys alone are read. */
const ROWS_A_LOOK = 5_000

/**
 * The answers of a branch's reports, one row a report, as a file by the chunk: read page by page and never held whole.
 * Which questions get a column, and how many rows there are, is found first; that they leave is journalled before the
 * first of them is read. NOT_FOUND, FORBIDDEN, and what ends a session.
 */
export async function exportReports(
  context: Context,
  query: ReportQuery,
  { locale, format }: { readonly locale: Locale; readonly format: FileFormat },
): Promise<{ readonly name: string; readonly format: FileFormat; readonly chunks: Chunks }> {
  const say = textsOf(locale)
  const within = <T>(work: (sdb: ScopedDb) => Promise<T>) => withinSession(context, 'report.read', work)
  const { search, parts, day } = await within(async (sdb) => {
    const found = await openSearch(sdb, query)
    return { search: found, parts: await partsOf(sdb, found), day: sdb.scope.day }
  })
  const { rows, cut, fieldIds } = await look(within, search, parts)
  const columns = await within(async (sdb) => {
    await journalExport(sdb, { query, territoryId: search.territory.id, id: context.deps.newId(), rows })
    return answerColumns(sdb, fieldIds, wordsOf(say, context.deps.site))
  })
  async function* pages(): AsyncGenerator<Cell[][]> {
    yield [[...coreHeads(say), ...columns.heads]]
    let left = REPORT_EXPORT_MAX
    for (const way of parts) {
      let after: ReportSpot | null = null
      do {
        const page = await within((sdb) =>
          readPage(sdb, { search: { ...search, way }, columns, after, limit: Math.min(left, ROWS_A_PAGE) }),
        )
        left -= page.records.length
        if (page.records.length > 0)
          yield page.records.map((record) => rowOf(record, { columns, say, names: page.names }))
        after = page.next
      } while (after !== null && left > 0)
      if (left === 0) break
    }
    if (cut) yield [[say.desk('file.cut', { max: REPORT_EXPORT_MAX })]]
  }
  return { name: `${say.desk('file.name')}-${day}`, format, chunks: tableFile(format, pages(), locale) }
}

type Within = <T>(work: (sdb: ScopedDb) => Promise<T>) => Promise<T>

/** How many rows the file will have, whether there are more, and which questions they answer. */
async function look(within: Within, search: ReportSearch, parts: readonly ReportSearch['way'][]) {
  const fieldIds = new Set<string>()
  let rows = 0
  for (const way of parts) {
    let after: ReportSpot | null = null
    do {
      const limit = Math.min(ROWS_A_LOOK, REPORT_EXPORT_MAX + 1 - rows)
      const page: Awaited<ReturnType<typeof questionsAnswered>> = await within((sdb) =>
        questionsAnswered(sdb, { ...search, way }, { after, limit }),
      )
      rows += page.n
      for (const id of page.fieldIds) fieldIds.add(id)
      after = page.n === limit ? page.last : null
    } while (after !== null && rows <= REPORT_EXPORT_MAX)
    if (rows > REPORT_EXPORT_MAX) break
  }
  const cut = rows > REPORT_EXPORT_MAX
  return { rows: Math.min(rows, REPORT_EXPORT_MAX), cut, fieldIds: [...fieldIds] }
}

type PageAsked = {
  readonly search: ReportSearch
  readonly columns: AnswerColumns
  readonly after: ReportSpot | null
  readonly limit: number
}

/** Rights are looked at again with each page: what the reader may no longer see does not leave. */
async function readPage(sdb: ScopedDb, { search, columns, after, limit }: PageAsked) {
  const verdict = verdictAt(sdb.scope, 'report.read', search.branch.path)
  if (!verdict.allowed)
    throw new FieldbackError('FORBIDDEN', { reason: verdict.reason, permission: 'report.read' })
  const hidden = await hiddenTextFields(sdb, columns.texts)
  const records = await readRecords(sdb, search, { after, limit, hidden })
  await noteUse(
    sdb,
    'exported',
    records.map(({ id }) => id),
  )
  const last = records.at(-1)
  return {
    records,
    names: await namesIn(sdb, columns, records),
    next: records.length === limit && last ? { day: last.day, id: last.id } : null,
  }
}

type Shape = {
  readonly columns: AnswerColumns
  readonly say: Say
  readonly names: ReadonlyMap<string, string>
}

function rowOf(record: ReportRecord, { columns, say, names }: Shape): Cell[] {
  return [
    record.day,
    say.report(`kinds.${record.kind}`),
    say.report(`outcomes.${record.outcome}`),
    say.report(`view.state.${record.status}`),
    record.place.name,
    record.account.name,
    record.ref,
    record.account.city,
    record.contact,
    record.author,
    record.note,
    ...columns.cellsOf(record.values, names),
  ]
}
