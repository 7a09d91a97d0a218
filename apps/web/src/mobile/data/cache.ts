import type { FieldOption } from '@fieldback/domain/field/field-spec'
import type {
  AccountRow,
  CallbackRow,
  ContactRow,
  Frame,
  PullPage,
  ReportRow,
} from '@fieldback/domain/sync/pull'
import type { CacheDb, CacheMeta, KeptLists } from './databases.ts'

export type CacheRows = {
  readonly accounts: ReadonlyMap<string, AccountRow>
  readonly contacts: ReadonlyMap<string, ContactRow>
  readonly reports: ReadonlyMap<string, ReportRow>
  readonly callbacks: ReadonlyMap<string, CallbackRow>
}

const STORES = ['accounts', 'contacts', 'reports', 'callbacks'] as const
const ALL = [...STORES, 'meta'] as const

const byId = <T extends { readonly id: string }>(rows: readonly T[]): Map<string, T> =>
  new Map(rows.map((row) => [row.id, row]))

export async function readCache(db: CacheDb): Promise<{ rows: CacheRows; meta: CacheMeta | null }> {
  const tx = db.transaction(ALL)
  const [accounts, contacts, reports, callbacks, meta, lists] = await Promise.all([
    tx.objectStore('accounts').getAll(),
    tx.objectStore('contacts').getAll(),
    tx.objectStore('reports').getAll(),
    tx.objectStore('callbacks').getAll(),
    tx.objectStore('meta').get('sync') as Promise<CacheMeta | undefined>,
    tx.objectStore('meta').get('lists') as Promise<KeptLists | undefined>,
  ])
  return {
    rows: {
      accounts: byId(accounts),
      contacts: byId(contacts),
      reports: byId(reports),
      callbacks: byId(callbacks),
    },
    meta: meta ? { ...meta, frame: withItems(meta.frame, lists) } : null,
  }
}

/** Questions answered from a list find its items among their options, as every reader of a question does. */
const withItems = (frame: Frame, lists: KeptLists = {}): Frame => {
  const filled = (fields: Frame['fields']): Frame['fields'] =>
    fields.map((field) => {
      const items = lists[field.spec.list ?? '']
      return items ? { ...field, spec: { ...field.spec, options: items as FieldOption[] } } : field
    })
  return { ...frame, fields: filled(frame.fields), pastFields: filled(frame.pastFields) }
}

/** Server minus phone, in milliseconds. */
export const clockOffset = ({ serverTime }: PullPage): number => Date.parse(serverTime) - Date.now()

/** Writes one page and the cursor behind it in one transaction, so that an interrupted pull goes on where it stopped. */
export async function writePage(db: CacheDb, page: PullPage): Promise<void> {
  const tx = db.transaction(ALL, 'readwrite')
  const meta = tx.objectStore('meta')
  const before = page.reset ? undefined : ((await meta.get('sync')) as CacheMeta | undefined)
  if (page.reset) for (const store of STORES) tx.objectStore(store).clear()
  for (const store of STORES) for (const row of page[store]) tx.objectStore(store).put(row as never)
  for (const id of page.gone ?? []) tx.objectStore('contacts').delete(id)
  if (page.left.length > 0) {
    const left = new Set(page.left)
    for (const id of left) tx.objectStore('accounts').delete(id)
    for (const store of ['contacts', 'reports', 'callbacks'] as const) {
      for await (const cursor of tx.objectStore(store)) if (left.has(cursor.value.accountId)) cursor.delete()
    }
  }
  if (page.reset || page.lists?.length) {
    const kept = (page.reset ? {} : await meta.get('lists')) as KeptLists | undefined
    const changed = (page.lists ?? []).map(({ id, items }) => [
      id,
      [...byId([...(kept?.[id] ?? []), ...items]).values()],
    ])
    meta.put({ ...kept, ...Object.fromEntries(changed) }, 'lists')
  }
  const frame = page.frame ?? before?.frame ?? { territories: [], fields: [], pastFields: [] }
  meta.put(
    {
      cursor: page.cursor,
      epoch: page.epoch,
      frameTag: page.frameTag,
      frame,
      pack: page.pack ?? before?.pack ?? null,
      contests: page.contests ?? before?.contests ?? null,
      complete: !page.more || (before?.complete ?? false),
      territoryIds: page.me.territoryIds,
      displayName: page.me.displayName,
      pulledAt: page.serverTime,
      clockOffset: clockOffset(page),
    },
    'sync',
  )
  await tx.done
}
