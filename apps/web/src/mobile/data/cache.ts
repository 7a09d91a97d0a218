import type { FieldOption } from '@fieldback/domain/field/field-spec'
import type {
  AccountRow,
  CallbackRow,
  ContactRow,
  Frame,
  PullPage,
  ReportRow,
} from '@fieldback/domain/sync/pull'
import { type Block, blockOf, dueRow, packRows, unpackRows } from './block.ts'
import type { CacheDb, CacheMeta, Foreseen, ForeseenDay, KeptLists } from './databases.ts'
import { vaultOf } from './vault.ts'

export type CacheRows = {
  readonly accounts: ReadonlyMap<string, AccountRow>
  readonly contacts: ReadonlyMap<string, ContactRow>
  readonly reports: ReadonlyMap<string, ReportRow>
  readonly callbacks: ReadonlyMap<string, CallbackRow>
}

const NOUNS = ['accounts', 'contacts', 'reports', 'callbacks'] as const
const ALL = [...NOUNS, 'due', 'meta'] as const
type Noun = (typeof NOUNS)[number]
/** Blocks decoded at once under a screen in use: more would hold up a tap on a slow phone. */
const AT_ONCE = 16

const byId = <T extends { readonly id: string }>(rows: readonly T[]): Map<string, T> =>
  new Map(rows.map((row) => [row.id, row]))

export async function readAll(db: CacheDb): Promise<CacheRows> {
  const [accounts, contacts, reports, callbacks] = await Promise.all([
    readRows(db, 'accounts'),
    readRows(db, 'contacts'),
    readRows(db, 'reports'),
    readAtOnce(db, 'callbacks'),
  ])
  return { accounts, contacts, reports, callbacks }
}

export const readAtOnce = async <N extends Noun>(db: CacheDb, noun: N): Promise<CacheRows[N]> =>
  byId((await readBlocks(db, noun)).flatMap((block) => unpackRows<Row>(block))) as unknown as CacheRows[N]

/** Blocks as they were packed, also where they lie closed. */
async function readBlocks(db: CacheDb, noun: Noun, range?: IDBKeyRange): Promise<Block[]> {
  const blocks = await db.getAll(noun, range)
  const vault = vaultOf(db)
  return vault ? Promise.all(blocks.map((block) => vault.openBlock(block, noun))) : blocks
}

/** The block of each key, asked for together: one transaction each takes longer than all that is read. */
export async function readKeys(
  db: CacheDb,
  noun: Noun,
  keys: readonly string[],
): Promise<(Block | undefined)[]> {
  const { store } = db.transaction(noun)
  const blocks = await Promise.all(keys.map((key) => store.get(key)))
  const vault = vaultOf(db)
  return vault ? Promise.all(blocks.map((block) => block && vault.openBlock(block, noun))) : blocks
}

/** What a day begins with, when it was foreseen and can be read: a page with an earlier code may have closed it. */
export async function readForeseen(db: CacheDb, day: string): Promise<ForeseenDay | undefined> {
  try {
    const block = (await db.get('meta', 'days')) as Block
    return unpackRows<Foreseen>((await vaultOf(db)?.openBlock(block, 'days')) ?? block)[0]?.[day]
  } catch {
    return undefined
  }
}

/** All rows of a noun, under a screen in use. */
async function readRows<N extends Noun>(db: CacheDb, noun: N): Promise<CacheRows[N]> {
  const keys = await db.getAllKeys(noun)
  const rows = new Map<string, Row>()
  for (let at = 0; at < keys.length; at += AT_ONCE) {
    const last = keys[Math.min(at + AT_ONCE, keys.length) - 1]
    for (const block of await readBlocks(db, noun, IDBKeyRange.bound(keys[at], last)))
      for (const row of unpackRows<Row>(block)) rows.set(row.id, row)
  }
  return rows as unknown as CacheRows[N]
}

export async function readMeta(db: CacheDb): Promise<CacheMeta | null> {
  const { store } = db.transaction('meta')
  const [meta, lists] = await Promise.all([
    store.get('sync') as Promise<CacheMeta | undefined>,
    store.get('lists') as Promise<KeptLists | undefined>,
  ])
  return meta ? { ...meta, frame: withItems(meta.frame, lists) } : null
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

/** Reports alone have a day. */
type Row = { readonly id: string; readonly accountId?: string; readonly day?: string }

/** Brings rows of a noun up to a page. */
function bring(
  rows: Map<string, Row>,
  news: readonly Row[],
  { left, gone, keptFrom }: Taken,
): Map<string, Row> {
  for (const row of news) rows.set(row.id, row)
  if (left.size + gone.size > 0 || keptFrom) {
    for (const { id, accountId, day } of rows.values())
      if (left.has(accountId ?? id) || gone.has(id) || (keptFrom && day && day < keptFrom)) rows.delete(id)
  }
  return rows
}

type Taken = {
  readonly left: ReadonlySet<string>
  readonly gone: ReadonlySet<string>
  readonly keptFrom: PullPage['keptFrom']
}

const takenBy = ({ left, gone, keptFrom }: PullPage): Taken => ({
  left: new Set(left),
  gone: new Set(gone),
  keptFrom,
})

/** What a phone that held these rows holds after a page. */
export function withPage(rows: CacheRows, page: PullPage): CacheRows {
  const taken = takenBy(page)
  const after = <N extends Noun>(noun: N): CacheRows[N] =>
    bring(new Map<string, Row>(page.reset ? [] : rows[noun]), page[noun], taken) as unknown as CacheRows[N]
  return {
    accounts: after('accounts'),
    contacts: after('contacts'),
    reports: after('reports'),
    callbacks: after('callbacks'),
  }
}

/** What belongs to an account lies in its block; call-backs, which are few and may change accounts, in their own. */
const keyOf = (noun: Noun, { id, accountId }: Row): string =>
  blockOf(noun === 'callbacks' ? id : (accountId ?? id))

/** The blocks of a noun as a page leaves them. */
async function blocksAfter(db: CacheDb, noun: Noun, page: PullPage): Promise<Map<string, Row[]>> {
  const taken = takenBy(page)
  const news = new Map<string, Row[]>()
  for (const row of page[noun]) {
    const key = keyOf(noun, row)
    const same = news.get(key)
    if (same) same.push(row)
    else news.set(key, [row])
  }
  const touched = new Set([...news.keys(), ...page.left.map(blockOf)])
  // Whose they are, their key does not tell: all are looked through.
  const all =
    noun === 'callbacks'
      ? taken.left.size
      : noun === 'contacts'
        ? taken.gone.size
        : noun === 'reports' && taken.keptFrom
  if (all) for (const key of await db.getAllKeys(noun)) touched.add(key)
  const keys = [...touched]
  const after = new Map<string, Row[]>()
  for (let at = 0; at < keys.length; at += AT_ONCE) {
    const some = keys.slice(at, at + AT_ONCE)
    const lying = page.reset ? [] : await readKeys(db, noun, some)
    for (const [index, key] of some.entries()) {
      const block = lying[index]
      const rows = bring(byId<Row>(block ? unpackRows(block) : []), news.get(key) ?? [], taken)
      after.set(key, [...rows.values()])
    }
  }
  return after
}

/** Blocks as they are to lie on the phone. */
async function packed(
  db: CacheDb,
  noun: Noun,
  blocks: ReadonlyMap<string, Row[]> = new Map(),
): Promise<[string, Block][]> {
  const vault = vaultOf(db)
  const all = [...blocks].map(([key, rows]): [string, Block] => [key, packRows(rows)])
  if (!vault) return all
  return Promise.all(
    all.map(async ([key, block]): Promise<[string, Block]> => [key, await vault.closeBlock(block, noun)]),
  )
}

/** Server minus phone, in milliseconds. */
export const clockOffset = ({ serverTime }: PullPage): number => Date.parse(serverTime) - Date.now()

const withTotal = (total: number | undefined) => (total === undefined ? {} : { total })

/**
 * Writes one page and the cursor behind it in one transaction, so that an interrupted pull goes on where it stopped.
 * Answers what `readMeta` would.
 */
export async function writePage(db: CacheDb, page: PullPage): Promise<CacheMeta> {
  const blocks = await Promise.all(NOUNS.map((noun) => blocksAfter(db, noun, page)))
  // Before the transaction, which waits for nothing but itself.
  const lying = await Promise.all(NOUNS.map((noun, at) => packed(db, noun, blocks[at])))
  const tx = db.transaction(ALL, 'readwrite')
  const meta = tx.objectStore('meta')
  const before = page.reset ? undefined : ((await meta.get('sync')) as CacheMeta | undefined)
  for (const [at, noun] of NOUNS.entries()) {
    const store = tx.objectStore(noun)
    if (page.reset) store.clear()
    for (const [key, block] of lying[at] ?? []) store.put(block, key)
  }
  const due = tx.objectStore('due')
  if (page.reset) due.clear()
  for (const [key, rows] of blocks[0] ?? [])
    due.put(packRows((rows as unknown as AccountRow[]).map(dueRow)), key)
  const kept = (page.reset ? {} : await meta.get('lists')) as KeptLists | undefined
  const changed = (page.lists ?? []).map(({ id, items }) => [
    id,
    [...byId([...(kept?.[id] ?? []), ...items]).values()],
  ])
  const lists: KeptLists = { ...kept, ...Object.fromEntries(changed) }
  if (page.reset || changed.length > 0) meta.put(lists, 'lists')
  const frame = page.frame ?? before?.frame ?? { territories: [], fields: [], pastFields: [] }
  const next: CacheMeta = {
    cursor: page.cursor,
    epoch: page.epoch,
    frameTag: page.frameTag,
    frame,
    pack: page.pack ?? before?.pack ?? null,
    contests: page.contests ?? before?.contests ?? null,
    opinions: page.opinions ?? before?.opinions ?? null,
    complete: !page.more || (before?.complete ?? false),
    ...withTotal(page.total ?? before?.total),
    territoryIds: page.me.territoryIds,
    displayName: page.me.displayName,
    pulledAt: page.serverTime,
    clockOffset: clockOffset(page),
  }
  meta.put(next, 'sync')
  await tx.done
  return { ...next, frame: withItems(frame, lists) }
}
