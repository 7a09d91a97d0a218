import { freeName, type Homed, selectAccounts } from './own-sector.ts'
import type { SectorAsk } from './sector-ask.ts'

/** A sub-sector as a phone shows it. */
export type SectorView = {
  readonly id: string
  readonly name: string
  /** Of a rep: it may be changed. */
  readonly made: boolean
  /** Something that was asked of it is not done yet. */
  readonly pending: boolean
}
export type SectorGround<A extends Homed> = {
  /** The local territory that they lie under. */
  readonly territoryId: string
  readonly sectors: readonly SectorView[]
  /** Those of the territory and of its sub-sectors. */
  readonly accounts: readonly A[]
}
export type Asked = { readonly id: string; readonly sectorId: string; readonly ask: SectorAsk }
type ContactsOf = NonNullable<Parameters<typeof selectAccounts>[2]['contactsOf']>

/**
 * How sub-sectors will be once what a phone asked is done, as far as it can tell: what it takes back of what is done already
 * shows when it is done. No account is lost or made: each has one home.
 */
export function afterAsks<A extends Homed>(
  ground: SectorGround<A>,
  asks: readonly Asked[],
  contactsOf: ContactsOf,
): SectorGround<A> {
  const takenBack = new Set(asks.flatMap(({ ask }) => (ask.of === 'undo' ? ask.ask : [])))
  return asks
    .filter(({ id }) => !takenBack.has(id))
    .reduce((now, asked) => after(now, asked, contactsOf), ground)
}

function after<A extends Homed>(
  ground: SectorGround<A>,
  { sectorId, ask }: Asked,
  contactsOf: ContactsOf,
): SectorGround<A> {
  const { territoryId, sectors, accounts } = ground
  const sector = sectors.find(({ id }) => id === sectorId)
  const moved = (ids: ReadonlySet<string>, to: string): A[] =>
    accounts.map((account) => (ids.has(account.id) ? { ...account, territoryId: to } : account))
  const changed = (over: Partial<SectorView>): SectorView[] =>
    sectors.map((one) => (one.id === sectorId ? { ...one, ...over, pending: true } : one))
  const names = sectors.filter(({ id }) => id !== sectorId).map(({ name }) => name)
  const takenIn = (rule: Extract<SectorAsk, { of: 'make' }>['rule'], from: readonly SectorView[]): A[] => {
    const open = new Set([territoryId, ...from.flatMap(({ id, made }) => (made ? id : []))])
    const { taken } = selectAccounts(accounts, rule, { to: sectorId, open: (id) => open.has(id), contactsOf })
    return moved(new Set(taken.map(({ id }) => id)), sectorId)
  }
  if (ask.of === 'make') {
    const made = { id: sectorId, name: freeName(ask.name, names), made: true, pending: true }
    const all = sector ? changed({}) : [...sectors, made]
    return { ...ground, sectors: all, accounts: takenIn(ask.rule, all) }
  }
  if (!sector?.made) return ground
  switch (ask.of) {
    case 'rename':
      return { ...ground, sectors: changed({ name: freeName(ask.name, names) }) }
    case 'change': {
      if (ask.into) return { ...ground, sectors: changed({}), accounts: takenIn(ask.rule, sectors) }
      const own = accounts.filter((account) => account.territoryId === sectorId)
      const { taken } = selectAccounts(own, ask.rule, { to: territoryId, open: () => true, contactsOf })
      return {
        ...ground,
        sectors: changed({}),
        accounts: moved(new Set(taken.map(({ id }) => id)), territoryId),
      }
    }
    case 'dissolve': {
      const own = accounts.flatMap((account) => (account.territoryId === sectorId ? account.id : []))
      return {
        ...ground,
        sectors: sectors.filter(({ id }) => id !== sectorId),
        accounts: moved(new Set(own), territoryId),
      }
    }
    case 'undo':
      return { ...ground, sectors: changed({}) }
  }
}
