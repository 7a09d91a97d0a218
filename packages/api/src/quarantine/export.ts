import { writeAudit } from '@fieldback/db/audit/audit.repo'
import {
  type AsidePage,
  type AsideRow,
  type AsideSpot,
  asideOperations,
  countAside,
  listAside,
} from '@fieldback/db/quarantine/quarantine.repo'
import { hiddenTextFields, requireTerritory, type ScopedDb } from '@fieldback/db/scoped-db'
import { toCsv } from '@fieldback/domain/export/csv'
import { fieldsIn, withoutValues } from '@fieldback/domain/quarantine/read-aside'
import type { Locale } from '@fieldback/i18n/locale'
import { messagesOf } from '@fieldback/i18n/messages'
import { openTexts } from '@fieldback/i18n/texts'
import type { Context } from '../context.ts'
import { withinSession } from '../within-session.ts'
import { type AsideLine, idOf, linesOf } from './list.ts'

const ROWS_A_PAGE = 200
/** A branch has never had as much put aside. */
const EXPORT_MAX = 20_000

/**
 * All that was put aside in a branch, waiting and settled, each as it came, as CSV text by the chunk. What the reader must
 * not read of the words of a question stays out. That it leaves is journalled first. NOT_FOUND, FORBIDDEN, and what ends
 * a session.
 */
export async function exportAside(
  context: Context,
  territoryId: string,
  locale: Locale,
): Promise<{ readonly name: string; readonly chunks: AsyncGenerator<string> }> {
  const say = textsOf(locale)
  const within = <T>(work: (sdb: ScopedDb) => Promise<T>) => withinSession(context, 'quarantine.settle', work)
  const { branch, day } = await within(async (sdb) => {
    const place = await requireTerritory(sdb, 'quarantine.settle', territoryId, { evenClosed: true })
    const waiting = await countAside(sdb, place.path, { limit: EXPORT_MAX })
    const settled = await countAside(sdb, place.path, { settled: true, limit: EXPORT_MAX })
    await writeAudit(sdb, {
      id: context.deps.newId(),
      action: 'quarantine.export',
      subjectId: territoryId,
      detail: { count: waiting + settled },
    })
    return { branch: place.path, day: sdb.scope.day }
  })
  async function* chunks(): AsyncGenerator<string> {
    yield toCsv([HEADS.map((head) => say(`file.${head}`))], locale)
    for (const settled of [false, true]) {
      let after: AsideSpot | null = null
      let left = EXPORT_MAX
      do {
        const page: Page = await within((sdb) =>
          readPage(sdb, { branch, settled, after, limit: Math.min(left, ROWS_A_PAGE) }),
        )
        left -= page.lines.length
        // The byte-order mark belongs to the beginning of the file alone.
        if (page.lines.length > 0)
          yield toCsv(
            page.lines.map(({ line, sent }) => cellsOf(line, sent, say)),
            locale,
          ).slice(1)
        after = page.next
      } while (after !== null && left > 0)
    }
  }
  return { name: `${say('file.name')}-${day}`, chunks: chunks() }
}

const HEADS = [
  'received',
  'captured',
  'author',
  'place',
  'kind',
  'subject',
  'reason',
  'state',
  'by',
  'word',
  'sent',
] as const

const textsOf = (locale: Locale) => openTexts(messagesOf(locale), locale)('quarantine')
type Say = ReturnType<typeof textsOf>
type Page = {
  readonly lines: readonly { readonly line: AsideLine; readonly sent: unknown }[]
  readonly next: AsideSpot | null
}

async function readPage(sdb: ScopedDb, page: AsidePage): Promise<Page> {
  const rows: AsideRow[] = await listAside(sdb, page)
  const lines = await linesOf(sdb, rows)
  const operations = await asideOperations(
    sdb,
    rows.map(({ id }) => id),
  )
  const fields = [...operations.values()].flatMap((one) => fieldsIn(one)).flatMap((key) => idOf(key) ?? [])
  const hidden = await hiddenTextFields(sdb, [...new Set(fields)])
  const last = lines.at(-1)
  const at = page.settled ? last?.settled?.at : last?.receivedAt
  return {
    lines: lines.map((line) => ({ line, sent: withoutValues(operations.get(line.id), hidden) })),
    next: rows.length === page.limit && last && at ? { at, id: last.id } : null,
  }
}

function cellsOf(line: AsideLine, sent: unknown, say: Say): (string | null)[] {
  const { settled, kind } = line
  return [
    line.receivedAt,
    line.capturedAt,
    line.author.name,
    line.place.name,
    kind ? say(`kind.${kind}`) : say('kindUnknown'),
    line.subject,
    say(`reason.${line.code}`, { name: line.author.name }),
    say(`file.${settled?.kind ?? 'waiting'}`),
    settled?.by.name ?? null,
    settled?.word ?? null,
    JSON.stringify(sent),
  ]
}
