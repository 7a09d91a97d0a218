import { createHash } from 'node:crypto'
import { canonicalHash } from '@fieldback/api/sync/canonical-hash'
import { normalisePhone } from '@fieldback/api/sync/normalise-phone'
import type { DatedGrant } from '@fieldback/domain/access/scope'
import { FieldbackError } from '@fieldback/domain/errors'
import type { FieldDefinition } from '@fieldback/domain/field/field-spec'
import { chunkBounds, chunksOf, type MediaHead, type MediaState } from '@fieldback/domain/media/media'
import { planAccept } from '@fieldback/domain/quarantine/accept'
import type { AsideSettled, SettlementKind } from '@fieldback/domain/quarantine/settled'
import { parseOperation, planBatch, storable } from '@fieldback/domain/sync/plan-batch'
import type { Frame, PullPage, ReportRow, TerritoryRow } from '@fieldback/domain/sync/pull'
import type {
  AccountState,
  CallbackState,
  ChangeEntry,
  ContactState,
  LaterChange,
  PushContext,
  PushEffects,
  Quarantined,
  Receipt,
  ReportState,
} from '@fieldback/domain/sync/state'
import { isWithin } from '@fieldback/domain/territory/path'
import type { Asked, Caller, DeskAct, Ground, PhotoCall, Server, Truth } from './server.ts'

/** A row with its place in the stream of changes: its transaction, then its turn in it. */
type Stamped<T> = { row: T; xid: number; turn: number }
type Home = {
  readonly accountId: string
  readonly territoryId: string
  readonly toAt: number | null
  /** The account was made here. */
  readonly born: boolean
}
type Cursor = {
  readonly xid: number
  readonly turn: number
  readonly homesFrom: number
  readonly epoch: string
  readonly scope: string
}
type Held = Quarantined & {
  readonly receivedAt: string
  /** Who sent it. */
  readonly caller: Caller
  readonly settled: Omit<AsideSettled, 'opId'> | null
}
type HeldPhoto = MediaHead & { readonly chunks: readonly Uint8Array[]; readonly kept: boolean }
type Pulled = Pick<PullPage, 'accounts' | 'contacts' | 'reports' | 'callbacks'>

export type Member = { readonly displayName: string; readonly assignments: readonly DatedGrant[] }

export type ModelGround = {
  readonly ground: Ground
  readonly epoch: string
  readonly territories: readonly TerritoryRow[]
  readonly members: ReadonlyMap<string, Member>
  readonly accounts: readonly AccountState[]
  readonly contacts: readonly ContactState[]
  /** The yes or no, of which new versions are published. */
  readonly field: FieldDefinition
  readonly photoField: FieldDefinition
}

export type ModelSettings = {
  /** By the server's clock, milliseconds since 1970. */
  readonly now: () => number
  readonly rowsAPage: number
}

/**
 * The server in memory: the real rules (`planBatch`) over maps in place of tables, and pulls by the same stream of
 * stamps below the oldest open transaction. It passes the contract that the real one passes (contract.db.test.ts).
 */
export function modelServer(start: ModelGround, { now, rowsAPage }: ModelSettings): Server {
  const { ground, members } = start
  let { epoch } = start
  const territories = new Map(start.territories.map((territory) => [territory.id, territory]))
  const accounts = new Map<string, Stamped<AccountState>>()
  const contacts = new Map<string, Stamped<ContactState>>()
  const reports = new Map<string, Stamped<ReportState>>()
  const callbacks = new Map<string, Stamped<CallbackState>>()
  const gone = new Map<string, Stamped<{ contactId: string; accountId: string }>>()
  const homes: Stamped<Home>[] = []
  const receipts = new Map<string, Receipt>()
  const sequences = new Map<string, Set<string>>()
  const sentBy = new Map<string, Set<string>>()
  const changes: ChangeEntry[] = []
  const aside = new Map<string, Held>()
  const versions = [start.field]
  const photos = new Map<string, HeldPhoto>()
  let xid = 1
  let turn = 0
  let held: number | null = null

  const stamp = <T>(row: T): Stamped<T> => ({ row, xid, turn: ++turn })
  const write = <T extends { readonly id: string }>(
    table: Map<string, Stamped<T>>,
    rows: Iterable<T>,
  ): void => {
    for (const row of rows) table.set(row.id, stamp(row))
  }
  write(accounts, start.accounts)
  write(contacts, start.contacts)
  for (const { id, territoryId } of start.accounts)
    homes.push(stamp({ accountId: id, territoryId, toAt: null, born: true }))
  xid += 1

  const memberOf = ({ membershipId }: Caller): Member => {
    const member = members.get(membershipId)
    if (!member) throw new FieldbackError('UNAUTHENTICATED')
    return member
  }
  const live = (): FieldDefinition[] => [...versions.slice(-1), start.photoField]
  const rowsOf = <T>(table: ReadonlyMap<string, Stamped<T>>): Map<string, T> =>
    new Map([...table].map(([id, { row }]) => [id, row]))

  function contextOf(caller: Caller): PushContext {
    const later = new Map<string, LaterChange[]>()
    for (const entry of changes) {
      const by = members.get(entry.membershipId)?.displayName ?? ''
      const told = { ...entry, by, at: new Date(now()).toISOString() }
      later.set(entry.entityId, [...(later.get(entry.entityId) ?? []), told])
    }
    const pastHomes = new Map<string, { territoryId: string; toAt: number }[]>()
    for (const { row } of homes) {
      if (row.toAt === null) continue
      const { accountId, territoryId, toAt } = row
      pastHomes.set(accountId, [...(pastHomes.get(accountId) ?? []), { territoryId, toAt }])
    }
    return {
      membershipId: caller.membershipId,
      assignments: memberOf(caller).assignments,
      standIns: [],
      leftOfLate: new Set(),
      territories,
      moves: [],
      pastHomes,
      definitions: live(),
      versions: new Map(
        [...versions, start.photoField].map((version) => [`${version.id}:${version.version}`, version]),
      ),
      conversions: [],
      fieldSets: new Map(),
      accounts: rowsOf(accounts),
      contacts: rowsOf(contacts),
      reports: rowsOf(reports),
      callbacks: rowsOf(callbacks),
      contests: new Map(),
      notes: new Map(),
      objectives: new Map(),
      later,
      receipts,
      sent: new Set(sentBy.get(caller.deviceId)),
      sequence: new Set(sequences.get(caller.deviceId)),
      localDay: (instant) => instant.slice(0, 10),
      phone: normalisePhone,
      hash: canonicalHash,
    }
  }

  function apply(caller: Caller, effects: PushEffects): void {
    for (const [id, { territoryId }] of effects.accounts)
      if (!accounts.has(id)) homes.push(stamp({ accountId: id, territoryId, toAt: null, born: true }))
    writeAccounts(effects.accounts.values())
    write(contacts, effects.contacts.values())
    write(reports, effects.reports.values())
    write(callbacks, effects.callbacks.values())
    recountLastVisits(effects)
    changes.push(...effects.changes)
    const sequence = sequences.get(caller.deviceId) ?? new Set()
    sequences.set(caller.deviceId, sequence)
    const sent = sentBy.get(caller.deviceId) ?? new Set()
    sentBy.set(caller.deviceId, sent)
    for (const receipt of effects.receipts) {
      sent.add(receipt.opId)
      receipts.set(receipt.opId, receipt)
      sequence.add(`${receipt.entityId}:${receipt.seq}`)
    }
    const receivedAt = new Date(now()).toISOString()
    for (const item of effects.quarantined)
      aside.set(crypto.randomUUID(), { ...item, receivedAt, caller, settled: null })
    xid += 1
  }

  /** A visit is told by its report: alone it gives the account no new stamp. */
  function writeAccounts(rows: Iterable<AccountState>): void {
    for (const row of rows) {
      const known = accounts.get(row.id)
      if (known?.row.version === row.version) accounts.set(row.id, { ...known, row })
      else write(accounts, [row])
    }
  }

  /** Settled once, by whoever comes first. */
  function settle(
    itemId: string,
    kind: SettlementKind,
    { by, answer = null }: { readonly by: Caller; readonly answer?: AsideSettled['answer'] },
  ): void {
    const item = aside.get(itemId)
    if (!item || item.settled) return
    const word = kind === 'returned' ? WORD : null
    const at = new Date(now()).toISOString()
    aside.set(itemId, { ...item, settled: { kind, by: memberOf(by).displayName, at, word, answer } })
  }

  /** As packages/api/src/quarantine/accept.ts does: in its author's name, with the manager's rights of today beside his. */
  function file(itemId: string, accountId: string): void {
    const item = aside.get(itemId)
    if (!item || item.settled) return
    const lent = memberOf(ground.manager).assignments.map((held) => ({
      ...held,
      validFrom: '0001-01-01',
      validTo: null,
    }))
    const context = contextOf(item.caller)
    const plan = planAccept(
      { ...context, assignments: [...context.assignments, ...lent] },
      { ...item, id: itemId },
      {
        repair: { accountId, values: { [ground.fieldId]: null } },
        now: new Date(now()).toISOString(),
      },
    )
    if (plan.status === 'refused') return
    apply(item.caller, plan.effects)
    settle(itemId, 'accepted', { by: ground.manager, answer: plan.answer })
  }

  function told(caller: Caller, { opIds, takenBack }: Asked): AsideSettled[] {
    const own = [...aside].filter(([, item]) => item.caller.membershipId === caller.membershipId)
    for (const [itemId, { opId }] of own)
      if (opId !== null && takenBack.includes(opId)) settle(itemId, 'taken_back', { by: caller })
    return own.flatMap(([itemId, { opId }]) => {
      const settled = aside.get(itemId)?.settled
      return opId !== null && settled && [...opIds, ...takenBack].includes(opId) ? { opId, ...settled } : []
    })
  }

  /** A report taken back, or standing again, may have been the account's last visit. */
  function recountLastVisits(effects: PushEffects): void {
    const changed = [...effects.reports.values()].filter(({ version }) => version > 1)
    for (const accountId of new Set(changed.map((report) => report.accountId))) {
      const account = accounts.get(accountId)?.row
      const days = [...reports.values()].flatMap(({ row }) =>
        row.accountId === accountId && row.kind === 'visit' && row.status !== 'withdrawn' ? row.day : [],
      )
      const lastVisitDay = days.sort().at(-1) ?? null
      if (account && account.lastVisitDay !== lastVisitDay) writeAccounts([{ ...account, lastVisitDay }])
    }
  }

  const asRow = (report: ReportState): ReportRow => {
    const { fieldSet: _, durationSeconds: __, capturedAt: ___, ...row } = report
    return { ...row, authorName: members.get(report.authorId)?.displayName ?? '' }
  }

  function pageFor(caller: Caller, from: Parameters<Server['pull']>[1]): PullPage {
    const member = memberOf(caller)
    const paths = member.assignments.map(({ path }) => path)
    const inBranch = (territoryId: string): boolean => {
      const path = territories.get(territoryId)?.path ?? ''
      return paths.some((branch) => isWithin(branch, path))
    }
    const mine = (accountId: string): boolean => {
      const account = accounts.get(accountId)?.row
      return account !== undefined && inBranch(account.territoryId)
    }
    const horizon = held ?? xid
    const scope = canonicalHash([caller.membershipId, paths]).slice(0, 22)
    const known = from.cursor === null ? null : (JSON.parse(from.cursor) as Cursor)
    const valid = known !== null && known.epoch === epoch && known.scope === scope
    const cursor: Cursor = valid ? known : { xid: 0, turn: 0, homesFrom: horizon, epoch, scope }
    const fresh = (at: Stamped<unknown>): boolean =>
      at.xid < horizon && (at.xid > cursor.xid || (at.xid === cursor.xid && at.turn > cursor.turn))

    type Change = Stamped<(page: PageRows) => void>
    const stream: Change[] = []
    const add = <T>(items: Iterable<Stamped<T>>, put: (page: PageRows, row: T) => void): void => {
      for (const item of items) if (fresh(item)) stream.push({ ...item, row: (page) => put(page, item.row) })
    }
    const within = <T>(table: ReadonlyMap<string, Stamped<T>>, accountOf: (row: T) => string): Stamped<T>[] =>
      [...table.values()].filter(({ row }) => mine(accountOf(row)))
    const ownCallbacks = within(callbacks, (row) => row.accountId).filter(
      ({ row }) => row.assigneeId === caller.membershipId,
    )
    add(
      within(accounts, (row) => row.id),
      (page, row) => page.accounts.push(row),
    )
    add(
      within(contacts, (row) => row.accountId),
      (page, row) => page.contacts.push(row),
    )
    add(
      within(reports, (row) => row.accountId),
      (page, row) => page.reports.push(asRow(row)),
    )
    add(ownCallbacks, (page, row) => page.callbacks.push(row))
    add(
      within(gone, (row) => row.accountId),
      (page, row) => page.gone.push(row.contactId),
    )
    add(
      homes.filter(({ row, xid: at }) => inBranch(row.territoryId) && at >= cursor.homesFrom && !stayed(row)),
      (page, row) => (mine(row.accountId) ? page.entered : page.left).push(row.accountId),
    )
    stream.sort((a, b) => a.xid - b.xid || a.turn - b.turn)

    const page: PageRows = {
      accounts: [],
      contacts: [],
      reports: [],
      callbacks: [],
      gone: [],
      left: [],
      entered: [],
    }
    const inTurn = stream.slice(0, rowsAPage)
    // A first load of several pages begins with some accounts, whole, besides the stream.
    const isFirstPart = !valid && inTurn.length < stream.length
    const taken = isFirstPart ? [] : inTurn
    for (const { row } of taken) row(page)
    if (isFirstPart)
      page.accounts.push(
        ...[...accounts.values()]
          .map(({ row }) => row)
          .filter(({ id }) => mine(id))
          .slice(0, FIRST),
      )
    const entered = new Set(isFirstPart ? page.accounts.map(({ id }) => id) : page.entered)
    const history: Pulled = {
      accounts: [],
      contacts: [...contacts.values()].flatMap(({ row }) => (entered.has(row.accountId) ? [row] : [])),
      reports: [...reports.values()].flatMap(({ row }) => (entered.has(row.accountId) ? [asRow(row)] : [])),
      callbacks: [...callbacks.values()].flatMap(({ row }) =>
        entered.has(row.accountId) && row.assigneeId === caller.membershipId ? [row] : [],
      ),
    }
    const told = new Set(page.accounts.map(({ id }) => id))
    const visited = new Set(
      page.reports.flatMap(({ id, accountId }) =>
        (reports.get(id)?.xid ?? 0) >= cursor.homesFrom && !told.has(accountId) ? [accountId] : [],
      ),
    )
    const last = taken.at(-1)
    const frame: Frame = { territories: start.territories, fields: live(), pastFields: versions.slice(0, -1) }
    const frameTag = `v${versions.length}`
    const next: Cursor = last ? { ...cursor, xid: last.xid, turn: last.turn } : cursor
    return {
      protocol: 1,
      cursor: JSON.stringify(next),
      more: taken.length < stream.length,
      reset: !valid,
      epoch,
      serverTime: new Date(now()).toISOString(),
      me: {
        orgId: '',
        membershipId: caller.membershipId,
        locale: null,
        displayName: member.displayName,
        territoryIds: member.assignments.map(({ territoryId }) => territoryId),
      },
      accounts: [...page.accounts, ...[...visited].flatMap((id) => accounts.get(id)?.row ?? [])],
      contacts: [...page.contacts, ...history.contacts],
      reports: [...page.reports, ...history.reports],
      callbacks: [...page.callbacks, ...history.callbacks],
      left: page.left,
      gone: page.gone,
      frameTag,
      frame: frameTag === from.frameTag && valid ? null : frame,
      lists: [],
      contests: null,
      pack: null,
    }
  }

  /** The home that an account was made with and never left is no move. */
  const stayed = ({ accountId, territoryId, toAt, born }: Home): boolean =>
    born && toAt === null && accounts.get(accountId)?.row.territoryId === territoryId

  function desk(act: DeskAct): void {
    if (act.do === 'hold') held ??= xid++
    if (act.do === 'release') held = null
    if (act.do === 'file') file(act.itemId, act.accountId)
    if (act.do === 'give-back') settle(act.itemId, 'returned', { by: ground.manager })
    if (act.do === 'publish') {
      const last = versions.at(-1) ?? start.field
      versions.push({ ...last, version: last.version + 1, spec: { ...last.spec, required: true } })
    }
    if (act.do === 'delete-contact') {
      const { row } = contacts.get(act.contactId) ?? {}
      if (!row) return
      contacts.delete(row.id)
      gone.set(row.id, stamp({ contactId: row.id, accountId: row.accountId }))
      xid += 1
    }
    if (act.do === 'move') {
      const account = accounts.get(act.accountId)?.row
      if (!account || account.territoryId === act.to) return
      const at = homes.findIndex(({ row }) => row.accountId === act.accountId && row.toAt === null)
      const home = homes[at]
      if (home) homes[at] = stamp({ ...home.row, toAt: now() })
      homes.push(stamp({ accountId: act.accountId, territoryId: act.to, toAt: null, born: false }))
      write(accounts, [{ ...account, territoryId: act.to }])
      xid += 1
    }
  }

  /** As packages/api/src/media/receive.ts does, which also makes the photo anew. */
  function photo(caller: Caller, id: string, call: PhotoCall): MediaState {
    const known = photos.get(id)
    if ('reportId' in call) {
      if (call.membershipId !== caller.membershipId) throw new FieldbackError('MEMBERSHIP_OTHER')
      const isSame = PARTS_SAME.every((part) => known?.[part] === call[part])
      if (known ? !isSame : !isNamedByOwn(caller, id, call)) throw new FieldbackError('MEDIA_NOT_NAMED')
      if (!known) photos.set(id, { ...call, chunks: [], kept: false })
    } else {
      if (known?.membershipId !== caller.membershipId) throw new FieldbackError('MEDIA_NOT_NAMED')
      if (!known.kept && call.chunk === known.chunks.length) take(id, known, call)
    }
    const { chunks = [], kept = false } = photos.get(id) ?? {}
    return { received: chunks.length, kept, at: new Date(now()).toISOString() }
  }

  function take(id: string, known: HeldPhoto, { chunk, sha256, body }: Exclude<PhotoCall, MediaHead>): void {
    const { from, to } = chunkBounds(known.bytes, chunk)
    if (body.byteLength !== to - from || hashOf([body]) !== sha256) throw new FieldbackError('MEDIA_BROKEN')
    const chunks = [...known.chunks, body]
    const isWhole = chunks.length === chunksOf(known.bytes)
    const isBroken = isWhole && hashOf(chunks) !== known.sha256
    photos.set(id, { ...known, chunks: isBroken ? [] : chunks, kept: isWhole && !isBroken })
    if (isBroken) throw new FieldbackError('MEDIA_BROKEN')
  }

  const isNamedByOwn = (caller: Caller, id: string, { reportId, fieldId }: MediaHead): boolean => {
    const report = reports.get(reportId)?.row
    const said = report?.values[fieldId]?.x
    return (
      report?.authorId === caller.membershipId &&
      fieldId === ground.photoFieldId &&
      Array.isArray(said) &&
      said.includes(id)
    )
  }

  function backUp(): () => void {
    const tables: readonly Map<string, unknown>[] = [
      accounts,
      contacts,
      reports,
      callbacks,
      gone,
      receipts,
      aside,
      photos,
    ]
    const sets: readonly Map<string, Set<string>>[] = [sequences, sentBy]
    const lists: readonly unknown[][] = [homes, changes, versions]
    const copied = {
      tables: tables.map((table) => new Map(table)),
      sets: sets.map((held) => [...held].map(([key, set]) => [key, new Set(set)] as const)),
      lists: lists.map((list) => [...list]),
    }
    const refill = <V>(map: Map<string, V>, entries: Iterable<readonly [string, V]>): void => {
      map.clear()
      for (const [key, value] of entries) map.set(key, value)
    }
    return () => {
      for (const [at, table] of tables.entries()) refill(table, copied.tables[at] ?? [])
      for (const [at, held] of sets.entries()) refill(held, copied.sets[at] ?? [])
      for (const [at, list] of lists.entries()) list.splice(0, list.length, ...(copied.lists[at] ?? []))
      epoch = `${start.epoch} restored`
    }
  }

  return {
    ground,
    async backUp() {
      const restore = backUp()
      return async () => restore()
    },
    async push(caller, operations, from) {
      if (from !== null && from !== epoch) throw new FieldbackError('EPOCH_CHANGED')
      const batch = operations
        .map((sent) => storable(sent))
        .map((raw) => parseOperation({ raw, hash: canonicalHash(raw) }))
      const effects = planBatch(contextOf(caller), batch, new Date(now()).toISOString())
      apply(caller, effects)
      return effects.answers
    },
    pull: async (caller, from) => pageFor(caller, from),
    photo: async (caller, id, call) => photo(caller, id, call),
    told: async (caller, asked) => ({ settled: told(caller, asked) }),
    desk: async (act) => desk(act),
    truth: async (): Promise<Truth> => ({
      accounts: rowsOf(accounts),
      contacts: rowsOf(contacts),
      reports: new Map([...reports].map(([id, { row }]) => [id, asRow(row)])),
      callbacks: rowsOf(callbacks),
      changes,
      receipts,
      aside: [...aside].map(([itemId, { opId, settled }]) => ({
        itemId,
        opId,
        settled: settled?.kind ?? null,
      })),
      photos: new Map(photos),
    }),
    settled: async () => desk({ do: 'release' }),
  }
}

const FIRST = 2
const PARTS_SAME = ['membershipId', 'reportId', 'bytes', 'sha256'] as const
const hashOf = (parts: readonly Uint8Array[]): string => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest('hex')
}
/** Of a manager who gives something back. */
export const WORD = 'À reprendre avec le bon compte.'

type PageRows = { -readonly [K in keyof Pulled]: Pulled[K][number][] } & {
  readonly gone: string[]
  readonly left: string[]
  readonly entered: string[]
}
