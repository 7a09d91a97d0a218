import { findImport, findLines } from '@fieldback/db/import/import.repo'
import { FieldbackError } from '@fieldback/domain/errors'
import { type Cell, toCsv } from '@fieldback/domain/export/csv'
import type { ImportLine, LineMatch } from '@fieldback/domain/import/import'
import { surenessOf } from '@fieldback/domain/import/likely-accounts'
import type { Locale } from '@fieldback/i18n/locale'
import { messagesOf } from '@fieldback/i18n/messages'
import { openTexts, type TextKey } from '@fieldback/i18n/texts'
import type { Context } from '../context.ts'
import { withinSession } from './within-session.ts'

type ImportTexts = ReturnType<typeof messagesOf>['import']
const textsOf = (locale: Locale) => openTexts(messagesOf(locale), locale)('import')
type ImportText = ReturnType<typeof textsOf>

const LINES_A_CHUNK = 500

/**
 * The lines that did not get in, as they were sent, with their reasons in a last column that is left out when the file
 * comes back: CSV text by the chunk. NOT_FOUND.
 */
export async function refusedLines(
  context: Context,
  importId: string,
  locale: Locale,
): Promise<{ name: string; chunks: AsyncGenerator<string> }> {
  const found = await withinSession(context, (sdb) => findImport(sdb, importId))
  if (!found) throw new FieldbackError('NOT_FOUND', { what: 'import' })
  const text = textsOf(locale)
  const headers = found.columns.map(({ header }) => header)
  async function* chunks(): AsyncGenerator<string> {
    yield toCsv([[...headers, text('refusedFile.reasons')]], locale)
    for (let after: number | null = 0; after !== null; ) {
      const from: number = after
      const page = await withinSession(context, (sdb) =>
        findLines(sdb, importId, {
          outcomes: ['refused', 'duplicate'],
          kept: false,
          after: from,
          limit: LINES_A_CHUNK,
        }),
      )
      const rows = page.lines.map((line) => rowOf(line, headers, text))
      // The byte-order mark belongs to the beginning of the file alone.
      if (rows.length > 0) yield toCsv(rows, locale).slice(1)
      after = page.next
    }
  }
  return { name: text('refusedFile.name'), chunks: chunks() }
}

function rowOf(line: ImportLine, headers: readonly string[], text: ImportText): Cell[] {
  const cells = Array.from(
    { length: Math.max(headers.length, line.cells.length) },
    (_, i) => line.cells[i] ?? '',
  )
  return [
    ...cells,
    [...line.faults.map((fault) => faultSaid(fault, text)), ...matchesSaid(line, text)].join(' ; '),
  ]
}

function faultSaid({ code, target, params }: ImportLine['faults'][number], text: ImportText): string {
  const reason = text(`reason.${code}`, { names: '', ...params })
  if (target === null) return text('lines.faultAlone', { reason })
  const key = `target.${target}` as TextKey<ImportTexts>
  const name = text(key)
  return name.endsWith(key)
    ? text('lines.faultAlone', { reason })
    : text('lines.fault', { target: name, reason })
}

const matchesSaid = ({ matches, outcome }: ImportLine, text: ImportText): string[] =>
  outcome === 'duplicate' ? matches.map((match) => `${text('lines.matches')} ${matchSaid(match, text)}`) : []

function matchSaid({ name, place, line, score, reasons }: LineMatch, text: ImportText): string {
  const at = { name, line: line ?? 0 }
  const [alone, placed] =
    line === undefined
      ? [name, 'lines.match' as const]
      : [text('lines.matchLineAlone', at), 'lines.matchLine' as const]
  const who = place === null ? alone : text(placed, { ...at, place })
  const why = reasons.map((reason) => text(`duplicate.${reason}` as TextKey<ImportTexts>)).join(', ')
  return `${who} [${text('lines.matchScore', { sure: surenessOf(score), percent: `${Math.round(score * 100)} %`, reasons: why })}]`
}
