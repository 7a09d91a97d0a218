import {
  type AccountSlice,
  accountsIn,
  countHomes,
  type HomeCount,
  questionsHeld,
  type RecordKind,
  type RecordRow,
  readRows,
} from '@fieldback/db/account/record-export.repo'
import { writeAudit } from '@fieldback/db/audit/audit.repo'
import { hiddenTextFields, requireTerritory, type ScopedDb } from '@fieldback/db/scoped-db'
import type { Cell } from '@fieldback/domain/export/csv'
import type { Path } from '@fieldback/domain/territory/path'
import type { Locale } from '@fieldback/i18n/locale'
import type { Context } from '../context.ts'
import { answerColumns, namesIn } from '../export/answer-columns.ts'
import { type Say, textsOf, wordsOf } from '../export/file-words.ts'
import { type Chunks, type FileFormat, tableFile } from '../export/table-file.ts'
import { withinSession } from '../within-session.ts'

/** As a file of reports. */
const ROWS_MAX = 250_000
const ACCOUNTS_A_PAGE = 1_000

export type RecordExport = {
  readonly territoryId: string
  readonly of: RecordKind
  readonly locale: Locale
  readonly format: FileFormat
}

/**
 * The accounts of a branch, or their contacts, with the answers they hold, as a file by the chunk: read page by page and
 * never held whole. Which questions get a column is found first; that they leave is journalled before. For who answers for
 * the branch: a rep has his accounts on his phone. NOT_FOUND, FORBIDDEN, and what ends a session.
 */
export async function exportRecords(
  context: Context,
  { territoryId, of, locale, format }: RecordExport,
): Promise<{ readonly name: string; readonly format: FileFormat; readonly chunks: Chunks }> {
  const say = textsOf(locale)
  const within = <T>(work: (sdb: ScopedDb, path: Path) => Promise<T>) =>
    withinSession(context, 'account.read', async (sdb) => {
      // Looked at again with each page: what the reader may no longer see does not leave.
      const { path } = await requireTerritory(sdb, 'account.read', territoryId, { evenClosed: true })
      await requireTerritory(sdb, 'analytics.read', territoryId, { evenClosed: true })
      return work(sdb, path)
    })
  const { homes, day } = await within(async (sdb, path) => ({
    homes: await countHomes(sdb, of, path),
    day: sdb.scope.day,
  }))
  const count = homes.reduce((sum, { rows }) => sum + rows, 0)
  const fieldIds = new Set<string>()
  const held = pagesOf(homes, (slice) =>
    within(async (sdb) => {
      const { ids, after } = await accountsIn(sdb, slice)
      return { after, page: await questionsHeld(sdb, of, ids) }
    }),
  )
  for await (const ids of held) for (const id of ids) fieldIds.add(id)
  const columns = await within(async (sdb) => {
    await writeAudit(sdb, {
      id: context.deps.newId(),
      action: of === 'account' ? 'account.export' : 'account.exportContacts',
      subjectId: territoryId,
      detail: { count: Math.min(count, ROWS_MAX) },
    })
    return answerColumns(sdb, [...fieldIds], wordsOf(say, context.deps.site))
  })
  const read = (slice: AccountSlice) =>
    within(async (sdb) => {
      const { ids, after } = await accountsIn(sdb, slice)
      const hidden = await hiddenTextFields(sdb, columns.texts)
      const rows = await readRows(sdb, of, { accounts: ids, hidden })
      return { after, page: { rows, names: await namesIn(sdb, columns, rows) } }
    })
  async function* lines(): AsyncGenerator<Cell[][]> {
    yield [[...headsOf(of, say), ...columns.heads]]
    let left = ROWS_MAX
    for await (const { rows, names } of pagesOf(homes, read)) {
      const kept = rows.slice(0, left)
      left -= kept.length
      if (kept.length > 0)
        yield kept.map((row) => [...coreOf(row, say), ...columns.cellsOf(row.values, names)])
      if (left === 0) break
    }
    if (count > ROWS_MAX) yield [[say.account('file.cut', { max: ROWS_MAX })]]
  }
  return { name: `${say.account(`file.${of}`)}-${day}`, format, chunks: tableFile(format, lines(), locale) }
}

/** Page after page of a branch: small homes together, a large one by parts. */
async function* pagesOf<Page>(
  homes: readonly HomeCount[],
  read: (slice: AccountSlice) => Promise<{ readonly after: AccountSlice['after']; readonly page: Page }>,
): AsyncGenerator<Page> {
  for (const together of groupsOf(homes)) {
    let after: AccountSlice['after'] = null
    do {
      const answer: Awaited<ReturnType<typeof read>> = await read({
        homes: together,
        after,
        limit: ACCOUNTS_A_PAGE,
      })
      yield answer.page
      after = answer.after
    } while (after !== null)
  }
}

function groupsOf(homes: readonly HomeCount[]): string[][] {
  const groups: string[][] = []
  let sum = Number.POSITIVE_INFINITY
  for (const { id, accounts } of homes) {
    sum += accounts
    if (sum > ACCOUNTS_A_PAGE) {
      groups.push([])
      sum = accounts
    }
    groups.at(-1)?.push(id)
  }
  return groups
}

const OF_ACCOUNT = ['kind', 'activity', 'street', 'postcode', 'town', 'phone', 'email', 'lastVisit'] as const
const OF_CONTACT = ['town', 'firstName', 'lastName', 'jobTitle', 'phone', 'email', 'optedOut'] as const
const ACCOUNT_HEADS = ['place', 'ref', 'account', ...OF_ACCOUNT] as const
const CONTACT_HEADS = ['place', 'ref', 'account', ...OF_CONTACT] as const

const headsOf = (of: RecordKind, { account: text }: Say): string[] =>
  of === 'account'
    ? ACCOUNT_HEADS.map((head) => text(`file.head.${head}`))
    : CONTACT_HEADS.map((head) => text(`file.head.${head}`))

function coreOf(row: RecordRow, say: Say): Cell[] {
  const { contact } = row
  const phone = (number: string | null) => number && wordsOf(say, '').phone(number)
  if (contact === null)
    return [
      row.place,
      row.ref,
      row.name,
      say.account(`file.kind.${row.kind}`),
      row.activity,
      row.street,
      row.postcode,
      row.city,
      phone(row.phone),
      row.email,
      row.lastVisitDay,
    ]
  return [
    row.place,
    row.ref,
    row.name,
    row.city,
    contact.firstName,
    contact.lastName,
    contact.jobTitle,
    phone(contact.phone),
    contact.email,
    contact.optedOut ? say.field('answer.yes') : null,
  ]
}
