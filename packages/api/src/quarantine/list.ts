import {
  type AsideRow,
  type AsideSpot,
  accountsBehind,
  listAside,
  type Settlement,
} from '@fieldback/db/quarantine/quarantine.repo'
import { namesReferred } from '@fieldback/db/report/report.repo'
import { requireTerritory, type ScopedDb } from '@fieldback/db/scoped-db'
import { type AsideKind, HANDED_KINDS, MANAGED_KINDS } from '@fieldback/domain/quarantine/fault'
import type { QuarantineCode } from '@fieldback/domain/sync/operation'
import * as z from 'zod'

export const asidePage = z.object({
  territoryId: z.uuid(),
  settled: z.boolean().default(false),
  cursor: z.object({ at: z.iso.datetime(), id: z.uuid() }).nullish(),
  limit: z.int().min(1).max(100).default(50),
})

/** A thing put aside as a list says it. */
export type AsideLine = {
  readonly id: string
  readonly code: QuarantineCode
  /** null: what came is of no kind known. */
  readonly kind: AsideKind | null
  readonly author: AsideRow['author']
  readonly place: Pick<AsideRow['place'], 'id' | 'name' | 'rank'>
  /** ISO 8601. `capturedAt` by the server's clock, as the phone knew it; when it came where that cannot be read. */
  readonly capturedAt: string
  readonly receivedAt: string
  /** The account's name, or that of what was to be made; null: unknown, or not the reader's to read. */
  readonly subject: string | null
  readonly settled: Settlement | null
}

type AsideListPage = { readonly items: readonly AsideLine[]; readonly next: AsideSpot | null }

export async function listPage(
  sdb: ScopedDb,
  { territoryId, settled, cursor, limit }: z.infer<typeof asidePage>,
): Promise<AsideListPage> {
  const branch = await requireTerritory(sdb, 'quarantine.settle', territoryId, { evenClosed: true })
  const rows = await listAside(sdb, {
    branch: branch.path,
    settled,
    after: cursor ?? null,
    limit: limit + 1,
  })
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  const at = last && (settled ? last.settled?.at : last.receivedAt)
  return {
    items: await linesOf(sdb, page),
    next: rows.length > limit && last && at ? { at, id: last.id } : null,
  }
}

/** Rows in words: names only of what the reader may read. */
export async function linesOf(sdb: ScopedDb, rows: readonly AsideRow[]): Promise<AsideLine[]> {
  const behind = await accountsBehind(
    sdb,
    rows.flatMap(({ sent }) => idOf(sent.entityId) ?? []),
  )
  const accountOf = ({ sent }: AsideRow): string | null =>
    idOf(sent.accountId) ?? (sent.kind === 'account.update' ? idOf(sent.entityId) : behindOf(sent))
  const behindOf = (sent: AsideRow['sent']): string | null =>
    behind.get(idOf(sent.entityId) ?? '') ?? createdWith(sent.entityId)
  // Corrected before it was filed: what it corrects may be on the same page.
  const createdWith = (entityId: unknown): string | null =>
    idOf(rows.find(({ sent }) => sent.entityId === entityId && idOf(sent.accountId) !== null)?.sent.accountId)
  const names = await namesReferred(sdb, [...new Set(rows.flatMap((row) => accountOf(row) ?? []))])
  return rows.map((row) => {
    const { id, code, author, receivedAt, settled, sent } = row
    const { id: placeId, name, rank } = row.place
    return {
      id,
      code,
      kind: knownKind(sent.kind),
      author,
      place: { id: placeId, name, rank },
      capturedAt: capturedAt(sent, receivedAt),
      receivedAt,
      subject: names.get(accountOf(row) ?? '') ?? nameTyped(sent),
      settled,
    }
  })
}

const id = z.uuid()
export const idOf = (value: unknown): string | null => id.safeParse(value).data ?? null

export const knownKind = (kind: unknown): AsideKind | null =>
  [...MANAGED_KINDS, ...HANDED_KINDS].find((known) => known === kind) ?? null

const nameTyped = ({ kind, name, firstName, lastName }: AsideRow['sent']): string | null => {
  const typed = kind === 'account.create' ? [name] : kind === 'contact.create' ? [firstName, lastName] : []
  return typed.filter((part) => typeof part === 'string' && part !== '').join(' ') || null
}

/** When it was typed, by the server's clock; never later than it came. */
export function capturedAt(
  sent: { readonly capturedAt: unknown; readonly clockOffset: unknown },
  receivedAt: string,
): string {
  const at = Date.parse(String(sent.capturedAt)) + Number(sent.clockOffset)
  return at > 0 && at < Date.parse(receivedAt) ? new Date(at).toISOString() : receivedAt
}
