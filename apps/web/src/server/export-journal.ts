import { JOURNAL_EXPORT_MAX, type JournalLine } from '@fieldback/api/audit/journal'
import { type Cell, toCsv } from '@fieldback/domain/export/csv'
import { openFormats } from '@fieldback/i18n/format'
import { getLocale, getTranslations } from 'next-intl/server'
import { changeLines } from '../client/change-lines.ts'
import { type JournalView, readJournalView } from '../features/audit/address.ts'
import { type Say, sentenceOf } from '../features/audit/sentence.ts'
import { attached, refusedDownload } from './downloaded.ts'
import { logged } from './logged.ts'
import { procedures } from './procedures.ts'

export { JOURNAL_EXPORT_MAX }

const LINES_A_PAGE = 500

/**
 * The journal as a file, read page by page by the same procedure as the screen and never held whole. That it leaves is
 * journalled before its first line is read, so the file begins with that line.
 */
export const exportJournal = logged('audit.export', async (request) => {
  try {
    const params = new URL(request.url).searchParams
    const view = readJournalView((name) => params.get(name))
    const calls = await procedures()
    const { day, timeZone } = await calls.org.me()
    const { cut } = await calls.audit.beginExport(view)
    const locale = await getLocale()
    const [text, access] = [await getTranslations('audit'), await getTranslations('access')]
    const say = { text, access, formats: openFormats(locale, timeZone), locale } satisfies Say
    const next = (cursor: string | null) => calls.audit.list({ ...view, cursor, limit: LINES_A_PAGE })
    return new Response(streamed(next, say, cut), {
      headers: attached(`${text('fileName')}-${fileDays(view, day)}`),
    })
  } catch (error) {
    return refusedDownload(request, error)
  }
})

const fileDays = ({ from, to }: JournalView, today: string): string =>
  [from, to ?? today].filter((day) => day !== null).join('_')

type Page = { readonly lines: readonly JournalLine[]; readonly next: string | null }

function streamed(
  read: (cursor: string | null) => Promise<Page>,
  say: Say,
  cut: boolean,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  const csv = (rows: readonly (readonly Cell[])[]) => toCsv(rows, say.locale === 'en' ? 'en' : 'fr')
  const { text } = say
  let cursor: string | null = null
  let written = 0
  return new ReadableStream({
    start(controller) {
      controller.enqueue(encoder.encode(csv([[text('when'), text('who'), text('what')]])))
    },
    async pull(controller) {
      const page: Page = await read(cursor)
      const lines = page.lines.slice(0, JOURNAL_EXPORT_MAX - written)
      written += lines.length
      cursor = page.next
      const over = cursor === null || written >= JOURNAL_EXPORT_MAX
      const last = over && cut ? [[text('cut', { max: say.formats.number(JOURNAL_EXPORT_MAX) })]] : []
      const rows = [...lines.map((line) => rowOf(line, say)), ...last]
      // The byte-order mark belongs to the beginning of the file alone.
      if (rows.length > 0) controller.enqueue(encoder.encode(csv(rows).slice(1)))
      if (over) controller.close()
    },
  })
}

const rowOf = (line: JournalLine, say: Say): Cell[] => [
  `${say.formats.dayOf(line.at)} ${say.formats.time(line.at)}`,
  line.who === null ? say.text('operator') : line.who.name,
  [sentenceOf(line, say), ...changeLines(line.changes, say)].join(' ; '),
]
