import type { Answers } from '@fieldback/domain/field/answer'
import type { AccountRow, ContactRow, TerritoryRow } from '@fieldback/domain/sync/pull'
import { type Asked, afterAsks, type SectorGround } from '@fieldback/domain/territory/after-asks'
import type { ToldArrangement } from '@fieldback/domain/territory/arrangement'
import type { SectorAsk } from '@fieldback/domain/territory/sector-ask'
import type { PhoneState } from '../data/store.ts'

const DIVISIBLE = 2

/** The reader's territories that may be divided: his own, or those below it. */
export function divisibleOf({
  frame,
  territoryIds,
}: Pick<PhoneState, 'frame' | 'territoryIds'>): TerritoryRow[] {
  const own = frame.territories.filter(({ id }) => territoryIds.includes(id)).map(({ path }) => path)
  return frame.territories.filter(
    ({ rank, path, closed }) => rank === DIVISIBLE && !closed && own.some((top) => path.startsWith(top)),
  )
}

/** Something asked of a sub-sector, as it stands: on this phone, put aside, or as the server tells it. */
export type AskLine = {
  readonly id: string
  readonly sectorId: string
  readonly of: SectorAsk['of']
  readonly name: string
  readonly by: string
  readonly own: boolean
  /** Instant. */
  readonly at: string
  readonly state: 'phone' | 'aside' | ToldArrangement['state']
  readonly code: ToldArrangement['code']
  readonly moved: number
  readonly kept: number
  readonly undone: boolean
}

export type OwnSectors = {
  /** As it will be once all that waits is done. */
  readonly ground: SectorGround<AccountRow>
  readonly lines: readonly AskLine[]
  readonly contactsOf: (accountId: string) => readonly { readonly values: Answers }[]
}

/** The sub-sectors of one territory, and what was asked of them, the last first. */
export function ownSectors(state: PhoneState, territoryId: string): OwnSectors {
  const { frame, rows, pack, outbox, identity } = state
  const told = (pack.arrangements ?? []).filter((one) => one.territoryId === territoryId)
  const settled = new Set(told.filter((one) => one.state !== 'waiting').map(({ id }) => id))
  const sectors = frame.territories
    .filter(({ parentId, closed }) => parentId === territoryId && !closed)
    .map(({ id, name, made = false }) => ({ id, name, made, pending: false }))
  const places = new Set([territoryId, ...sectors.map(({ id }) => id)])
  const asks: Asked[] = []
  const lines: AskLine[] = told.map(({ ask, ...one }) => ({ ...one, of: ask }))
  const known = new Map(lines.map((line, at) => [line.id, at]))
  for (const { operation, state: standing, savedAt } of outbox) {
    if (operation.kind !== 'sector.arrange' || operation.body.territoryId !== territoryId) continue
    const { opId: id, entityId: sectorId, body } = operation
    if (settled.has(id)) continue
    if (standing !== 'aside') asks.push({ id, sectorId, ask: body.ask })
    const name =
      'name' in body.ask
        ? body.ask.name
        : (sectors.find((one) => one.id === sectorId)?.name ?? nameIn(outbox, sectorId))
    const line: AskLine = {
      id,
      sectorId,
      of: body.ask.of,
      name,
      by: identity.displayName,
      own: true,
      at: savedAt,
      state: standing === 'accepted' ? 'waiting' : standing,
      code: null,
      moved: 0,
      kept: 0,
      undone: false,
    }
    const at = known.get(id)
    if (at === undefined) lines.push(line)
    else lines[at] = line
  }
  const contacts = new Map<string, ContactRow[]>()
  for (const contact of rows.contacts.values())
    contacts.set(contact.accountId, [...(contacts.get(contact.accountId) ?? []), contact])
  const contactsOf = (accountId: string) => contacts.get(accountId) ?? []
  const accounts = [...rows.accounts.values()].filter((account) => places.has(account.territoryId))
  return {
    ground: afterAsks({ territoryId, sectors, accounts }, asks, contactsOf),
    lines: lines.toSorted((a, b) => (a.at < b.at ? 1 : -1)),
    contactsOf,
  }
}

/** How a sub-sector was called that was made here and is not there yet. */
function nameIn(outbox: PhoneState['outbox'], sectorId: string): string {
  for (const { operation } of outbox)
    if (
      operation.kind === 'sector.arrange' &&
      operation.entityId === sectorId &&
      operation.body.ask.of === 'make'
    )
      return operation.body.ask.name
  return ''
}
