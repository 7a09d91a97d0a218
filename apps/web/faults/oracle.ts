import type { Operation } from '@fieldback/domain/sync/operation'
import type { CacheRows } from '../src/mobile/data/cache.ts'
import type { OutboxItem } from '../src/mobile/data/outbox-item.ts'
import { workOf } from '../src/mobile/sync/outbox-work.ts'
import type { Page, Phone, Play, Typed, Wrong } from './game.ts'
import { durable } from './lying.ts'
import { Noted } from './noted.ts'
import { judgePhotos, judgePhotosSent } from './photo-oracle.ts'
import type { Truth } from './server.ts'

/** Judges every phone and the server after a step. */
export function judge(game: Play, truth: Truth): Wrong[] {
  const kept = keptOf(game)
  return [
    ...game.typed.flatMap((typed) => judgeKept(typed, kept(typed).get(typed.operation.opId), truth)),
    ...judgeDrafts(game),
    ...judgePhotos(game, truth),
    ...judgeServer(game, truth),
    ...game.pages.flatMap((page) => judgePage(game, page, kept(page), truth)),
  ]
}

const texts = new Noted<object, string>()

/** Most operations are looked at after each of some forty steps, and frozen by then. */
function textOf(operation: Operation): string {
  const known = texts.get(operation)
  if (known !== undefined) return known
  const text = JSON.stringify(operation)
  if (Object.isFrozen(operation)) texts.set(operation, text)
  return text
}

/** What a manager made of it, where it was put aside. */
const settledAs = ({ aside }: Truth, { opId }: Operation) =>
  aside.find((item) => item.opId === opId && item.settled)
const filedAs = (truth: Truth, operation: Operation): string | null => {
  const item = settledAs(truth, operation)
  return item?.settled === 'accepted' ? item.itemId : null
}

type Kept = ReadonlyMap<string, OutboxItem>

/** What each phone keeps of each person's work, read once a judgement. */
function keptOf(game: Play): (of: Pick<Page, 'phone' | 'person'>) => Kept {
  const known = new Map<string, Kept>()
  return ({ phone, person }) => {
    const membershipId = memberOn(game, phone, person)
    const key = `${phone.device.index} ${membershipId}`
    const found =
      known.get(key) ??
      new Map(durable(phone.device, membershipId).items.map((item) => [item.operation.opId, item]))
    known.set(key, found)
    return found
  }
}

const memberOn = (game: Play, phone: Phone, person: 0 | 1): string =>
  game.server.ground.reps[person]?.callers[phone.device.index].membershipId ?? ''

/** Work is on the phone until the server has it; what the phone holds for accepted is what the server accepted. */
function judgeKept(
  { operation, refusable, before }: Typed,
  item: OutboxItem | undefined,
  truth: Truth,
): Wrong[] {
  const receipt = truth.receipts.get(operation.opId)?.status
  const named = `${operation.kind} ${operation.opId}`
  const filed = filedAs(truth, operation)
  if (filed !== null && !truth.reports.has(operation.entityId) && !truth.reports.has(filed))
    return [{ wrong: 'lost', text: `${named} was filed by a manager and is not there` }]
  if (!item) {
    if (receipt === 'applied') return []
    const wrong = receipt === 'quarantined' ? 'hidden_rejections' : 'lost'
    return [{ wrong, text: `${named} is neither on the phone nor accepted` }]
  }
  if (item.discarded) return judgeThrown(operation, item, truth)
  if (textOf(item.operation) !== textOf(operation))
    return [{ wrong: 'lost', text: `${named} changed on the phone` }]
  if (item.state === 'accepted' && receipt !== 'applied' && filed === null)
    return [
      {
        wrong: receipt === 'quarantined' ? 'hidden_rejections' : 'lost',
        text: `${named} is held for accepted, the server says ${receipt ?? 'nothing'}`,
      },
    ]
  if (item.state === 'accepted' && !hasEffect(operation, truth, before))
    return [{ wrong: 'lost', text: `${named} was accepted without its effect` }]
  if (receipt === 'quarantined' && !refusable && operation.kind === 'account.create')
    return [{ wrong: 'lost', text: `${named} was refused` }]
  return []
}

/** What was thrown away is kept to be taken back; once the phone holds it for gone, nothing of it is on the server. */
function judgeThrown(operation: Operation, item: OutboxItem, truth: Truth): Wrong[] {
  const named = `${operation.kind} ${operation.opId}`
  if (!item.discarded || textOf(item.discarded) !== textOf(operation))
    return [{ wrong: 'lost', text: `${named} changed when it was thrown away` }]
  const isThere = truth.changes.some(({ opId }) => opId === operation.opId)
  return item.state === 'accepted' && isThere
    ? [{ wrong: 'duplicated', text: `${named} is held for thrown away, the server has it` }]
    : []
}

/** A correction that says what was there already leaves no trace. */
function hasEffect({ kind, entityId, opId }: Operation, truth: Truth, before?: string): boolean {
  if (kind === 'report.create') return truth.reports.has(entityId)
  if (kind === 'account.create') return truth.accounts.has(entityId)
  if (kind === 'account.update' || kind === 'contact.update' || kind === 'callback.set')
    return truth.changes.some((change) => change.opId === opId || change.opId === before)
  return true
}

function judgeDrafts(game: Play): Wrong[] {
  return [...game.drafts].flatMap(([key, draft]): Wrong[] => {
    const [index, person] = key.split(' ').map(Number) as [0 | 1, 0 | 1]
    const phone = game.phones[index]
    const { drafts } = durable(phone.device, memberOn(game, phone, person))
    const held = drafts.some(({ id, note }) => id === draft.id && note === draft.note)
    return held ? [] : [{ wrong: 'lost', text: `draft ${draft.note}` }]
  })
}

/** Nothing is applied twice, and nothing is there that nobody typed. */
function judgeServer(game: Play, truth: Truth): Wrong[] {
  const faults: Wrong[] = []
  const done = new Set<string>()
  for (const { opId, entityId } of truth.changes) {
    if (done.has(opId)) faults.push({ wrong: 'duplicated', text: `${opId} was applied twice to ${entityId}` })
    done.add(opId)
  }
  const notes = new Map<string, string>()
  for (const { id, note } of truth.reports.values()) {
    const first = note === null ? undefined : notes.get(note)
    if (first) faults.push({ wrong: 'duplicated', text: `reports ${first} and ${id} are one` })
    if (note !== null) notes.set(note, id)
  }
  const typed = new Set([
    ...game.typed.map(({ operation }) => operation.entityId),
    ...truth.aside.map(({ itemId }) => itemId),
  ])
  const unsure = new Set(game.unsure.flatMap(({ wanted }) => wanted.map(({ entityId }) => entityId)))
  for (const { id } of truth.reports.values())
    if (!typed.has(id) && !unsure.has(id))
      faults.push({ wrong: 'duplicated', text: `nobody typed report ${id}` })
  return faults
}

/** What an operation says, by the word that a screen shows it under. */
function saidBy(operation: Operation): readonly (readonly [string, unknown])[] {
  const { body, kind } = operation
  if (kind === 'report.withdraw') return [['status', 'withdrawn']]
  if (kind === 'callback.done') return [['done', true]]
  return (['note', 'city', 'jobTitle', 'reason'] as const).flatMap((key) =>
    key in body ? [[key, (body as Readonly<Record<string, unknown>>)[key]] as const] : [],
  )
}

const STORES = { report: 'reports', account: 'accounts', contact: 'contacts', callback: 'callbacks' } as const

const shownRow = (
  rows: CacheRows,
  { kind, entityId }: Operation,
): Readonly<Record<string, unknown>> | undefined =>
  rows[STORES[kind.split('.')[0] as keyof typeof STORES]]?.get(entityId)

/** What a page's person typed is what it shows, or what came after it; and what was set aside is seen to be. */
function judgePage(game: Play, page: Page, kept: Kept, truth: Truth): Wrong[] {
  const state = page.store?.getState()
  if (!state) return []
  const faults: Wrong[] = []
  const listed = new Set(state.outbox.map(({ operation }) => operation.opId))
  const mine = [...kept.values()].filter(
    ({ operation: { opId } }) => page.known.has(opId) || listed.has(opId),
  )
  const thrown = new Set(
    state.outbox.flatMap(({ operation }) => (operation.kind === 'operation.discard' ? operation.opId : [])),
  )
  const last = new Map<string, readonly [OutboxItem, string, unknown]>()
  for (const item of mine) {
    // Filed by a manager as he mended it, it is shown once it is pulled.
    if (item.state === 'aside' || filedAs(truth, item.operation) !== null) continue
    // Thrown away too late, as the server told another tab: this one hears it at its next exchange.
    if (thrown.has(item.operation.opId)) continue
    // Corrected after it was withdrawn, as on a page that did not know yet, a report stands again.
    if (item.operation.kind === 'report.amend') last.delete(`${item.operation.entityId} status`)
    for (const [key, value] of saidBy(item.operation))
      last.set(`${item.operation.entityId} ${key}`, [item, key, value])
  }
  for (const [item, key, value] of last.values()) {
    const { operation } = item
    const row = shownRow(state.rows, operation)
    const accepted =
      item.state === 'accepted' && item.answer?.status === 'applied' ? item.answer.version : null
    if (!row) {
      if (
        mayBeGone(game, truth, operation, {
          complete: state.complete,
          kept,
          pending: accepted === null,
          left: item.left === true,
          beside: !page.known.has(operation.opId),
          away: 'accountId' in operation.body && !state.rows.accounts.has(operation.body.accountId),
        })
      )
        continue
      faults.push({ wrong: 'lost', text: `${operation.kind} ${operation.entityId} is not shown` })
      continue
    }
    const later =
      accepted === null && !toldElsewhere(state.outbox, item)
        ? []
        : truth.changes.filter(
            (change) =>
              change.entityId === operation.entityId &&
              change.version > (accepted ?? 0) &&
              key in change.after,
          )
    const right = [value, ...later.map(({ after }) => after[key])]
    // Another tab was told that the account left, or had all of it come back, and this one is about to be.
    const leaving =
      item.left && (game.reached.has('two_tabs') || game.touched.has(String(row.accountId ?? row.id)))
    if (!right.includes(row[key]) && !leaving && !(key === 'status' && later.length > 0))
      faults.push({
        wrong: 'lost',
        text: `${key} of ${operation.entityId} shows ${JSON.stringify(row[key])}, not ${JSON.stringify(value)}`,
      })
  }
  const work = workOf(state.outbox, state.rows)
  for (const { operation, state: standing } of mine) {
    if (standing !== 'aside' || toldElsewhereOf(state.outbox, operation.opId)) continue
    const seen = work.some(
      (one) => one.state === 'aside' && one.items.some((item) => item.operation.opId === operation.opId),
    )
    if (!seen)
      faults.push({ wrong: 'hidden_rejections', text: `${operation.opId} is set aside and not shown to be` })
    if (
      operation.kind === 'report.create' &&
      shownRow(state.rows, operation) &&
      !truth.reports.has(operation.entityId)
    )
      faults.push({
        wrong: 'hidden_rejections',
        text: `${operation.entityId} is set aside and shown as done`,
      })
  }
  return faults
}

/** Another tab was told what became of it; this one asks by itself. */
const toldElsewhere = (outbox: readonly OutboxItem[], { operation, state }: OutboxItem): boolean =>
  state !== 'phone' && toldElsewhereOf(outbox, operation.opId)
const toldElsewhereOf = (outbox: readonly OutboxItem[], opId: string): boolean =>
  outbox.find((item) => item.operation.opId === opId)?.state === 'phone'

/** What hangs on an account that was moved or a contact that was deleted, or on what the server set aside or the phone reloads. */
function mayBeGone(
  game: Play,
  truth: Truth,
  operation: Operation,
  {
    complete,
    kept,
    pending,
    left,
    beside,
    away,
  }: {
    readonly complete: boolean
    readonly kept: Kept
    readonly pending: boolean
    readonly left: boolean
    readonly beside: boolean
    readonly away: boolean
  },
): boolean {
  const creates = operation.kind.endsWith('.create') || operation.kind === 'callback.set'
  if (creates && pending) return false
  // What the server has comes back into a cache that is made anew once there is a network and no slow writer.
  if (!complete) return true
  if (!pending && game.slow && (left || isOnLeft(operation, kept) || game.reached.has('schema_upgrade')))
    return true
  // Another tab had it come back with the rows of a cache made anew.
  if (!pending && left && game.reached.has('two_tabs')) return true
  const own = [...kept.values()].some(
    (item) => item.operation.entityId === operation.entityId && item.operation.kind.endsWith('.create'),
  )
  // What another tab changed of another phone's may be there before this one has pulled it.
  if (!creates && !own && (game.slow || beside)) return true
  // So may what another tab made on such an account.
  if (beside && away) return true
  const creation = game.typed.find(
    (typed) => typed.operation.entityId === operation.entityId && 'accountId' in typed.operation.body,
  )?.operation
  const made = creation && kept.get(creation.opId)
  if (made?.state === 'aside' || made?.discarded) return true
  const created = creation && 'accountId' in creation.body ? creation.body.accountId : undefined
  // A manager may have filed it elsewhere.
  const accountId =
    truth.reports.get(operation.entityId)?.accountId ??
    created ??
    truth.contacts.get(operation.entityId)?.accountId ??
    operation.entityId
  return game.touched.has(accountId) || game.touched.has(operation.entityId)
}

/** What was made on an account of this phone that comes with such a cache comes with it. */
const isOnLeft = ({ body }: Operation, kept: Kept): boolean =>
  'accountId' in body &&
  [...kept.values()].some((item) => item.left && item.operation.entityId === body.accountId)

/** At the end, with everything sent, each phone shows what the server holds for its person, and nothing waits. */
export function judgeEnd(game: Play, truth: Truth): Wrong[] {
  const faults = judgePhotosSent(game, truth)
  const kept = keptOf(game)
  for (const { phone, person, operation } of game.typed) {
    const { state, discarded, returned } = kept({ phone, person }).get(operation.opId) ?? {}
    const settled = settledAs(truth, operation)?.settled
    const told = settled === 'returned' ? returned !== undefined : state === 'accepted'
    if ((settled === 'accepted' || settled === 'returned') && !discarded && !told)
      faults.push({
        wrong: 'hidden_rejections',
        text: `${operation.opId} was ${settled} and nobody was told`,
      })
    if (state === 'phone')
      faults.push({ wrong: 'diverged', text: `${operation.kind} ${operation.opId} still waits` })
    const isAside = truth.receipts.get(operation.opId)?.status === 'quarantined' && settled !== 'accepted'
    if (isAside && state !== 'aside' && !discarded)
      faults.push({ wrong: 'hidden_rejections', text: `${operation.opId} was set aside and nobody was told` })
  }
  for (const page of game.pages) {
    const state = page.store?.getState()
    if (!state) faults.push({ wrong: 'diverged', text: 'a page does not open' })
    else faults.push(...differences(game, state.rows, memberOn(game, page.phone, page.person), truth))
  }
  return faults
}

function differences(game: Play, rows: CacheRows, membershipId: string, truth: Truth): Wrong[] {
  const { home } = game.server.ground
  const here = (accountId: string): boolean => truth.accounts.get(accountId)?.territoryId === home
  const compare = <T extends { readonly id: string }>(
    shown: ReadonlyMap<string, T>,
    held: ReadonlyMap<string, T>,
    belongs: (row: T) => boolean,
    keys: readonly (keyof T)[],
  ): Wrong[] => {
    const said = (row: T | undefined): string =>
      row ? JSON.stringify(keys.map((key) => row[key])) : 'nothing'
    const right = new Map([...held].filter(([, row]) => belongs(row)))
    return [...new Set([...shown.keys(), ...right.keys()])].flatMap((id): Wrong[] => {
      const [seen, wanted] = [said(shown.get(id)), said(right.get(id))]
      return seen === wanted
        ? []
        : [{ wrong: 'diverged', text: `${id} shows ${seen}, the server holds ${wanted}` }]
    })
  }
  const { accounts, contacts, reports, callbacks } = truth
  return [
    ...compare(rows.accounts, accounts, ({ id }) => here(id), ['city', 'name', 'lastVisitDay', 'version']),
    ...compare(rows.contacts, contacts, (row) => here(row.accountId), ['jobTitle', 'lastName', 'version']),
    ...compare(rows.reports, reports, (row) => here(row.accountId), ['note', 'status', 'outcome', 'version']),
    ...compare(rows.callbacks, callbacks, (row) => here(row.accountId) && row.assigneeId === membershipId, [
      'reason',
      'done',
      'version',
    ]),
  ]
}
