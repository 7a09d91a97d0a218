import { countReports, lockAccounts } from '@fieldback/db/account/move.repo'
import { writeAudit } from '@fieldback/db/audit/audit.repo'
import type { ScopedDb } from '@fieldback/db/scoped-db'
import { anyTerritory, setClosed, standsHere } from '@fieldback/db/territory/administer.repo'
import {
  type Arrangement,
  accountsAround,
  findArrangement,
  noteMaker,
  noteMoved,
  noteName,
  noteUndone,
  type Settled,
  type SubSector,
  stillMoved,
  subSectorsOf,
} from '@fieldback/db/territory/arrangement.repo'
import { insertTerritories } from '@fieldback/db/territory/insert-territories.repo'
import { renameTerritory } from '@fieldback/db/territory/territory.repo'
import { verdictAt } from '@fieldback/domain/access/scope'
import type { TerritoryRow } from '@fieldback/domain/sync/pull'
import type { ArrangementCode } from '@fieldback/domain/territory/arrangement'
import { freeName, isDivisible, mayArrange, selectAccounts } from '@fieldback/domain/territory/own-sector'
import { childPath } from '@fieldback/domain/territory/path'
import { SUB_SECTOR } from '@fieldback/domain/territory/rank'
import type { RehomeRule } from '@fieldback/domain/territory/rehome-rule'
import { carryOver } from '../account/move.ts'
import { areTelling } from '../field/telling-apart.ts'

/** Accounts of one transaction, and the reports whose place in the figures it may change. */
const ACCOUNTS_A_BATCH = 100
const REPORTS_A_BATCH = 5_000
/** Accounts of a territory and its sub-sectors that a rule is asked about. */
export const AROUND_MOST = 50_000

type Clock = { readonly now: () => Date; readonly newId: () => string }
/** What one transaction came to: `more` accounts are to be moved, or it is over. */
export type Step = 'more' | Settled

const done = (kept = 0): Settled => ({ state: 'done', code: null, kept })
const refused = (code: ArrangementCode): Settled => ({ state: 'refused', code, kept: 0 })

/** The ground of one arrangement: the territory, its sub-sectors, and the one it is about, if there is one already. */
type Ground = {
  readonly sdb: ScopedDb
  readonly work: Arrangement
  readonly clock: Clock
  readonly parent: TerritoryRow
  readonly sectors: readonly SubSector[]
  readonly sector: SubSector | undefined
}

/**
 * One bounded transaction of what somebody asked to be done to a sub-sector, in his name and by the rights he has now.
 * Taken up again after any interruption, it goes on where it was: what is moved already is found to be there. Publications
 * are locked.
 */
export async function arrangeStep(sdb: ScopedDb, work: Arrangement, clock: Clock): Promise<Step> {
  const parent = await anyTerritory(sdb, work.territoryId)
  if (!parent || parent.closed) return refused('TERRITORY_CLOSED')
  if (!isDivisible(parent) || !verdictAt(sdb.scope, 'territory.subdivide', parent.path).allowed)
    return refused('FORBIDDEN')
  if ('rule' in work.ask && !(await areTelling(sdb, [work.ask.rule]))) return refused('FORBIDDEN')
  const sectors = await subSectorsOf(sdb, parent.id)
  const sector = sectors.find(({ id }) => id === work.sectorId)
  const ground: Ground = { sdb, work, clock, parent, sectors, sector }
  if (work.ask.of === 'make' && !sector) {
    if (await anyTerritory(sdb, work.sectorId)) return refused('FORBIDDEN')
    return make(ground, work.ask)
  }
  if (!sector) return refused('SECTOR_GONE')
  if (!mayArrange(sdb.scope, sector)) return refused('FORBIDDEN')
  return change({ ...ground, sector })
}

function change(ground: Ground & { readonly sector: SubSector }): Promise<Step> | Step {
  const { sector, work } = ground
  const { ask } = work
  if (ask.of === 'undo') return undo(ground, ask.ask)
  if (ask.of === 'make') return sector.closed ? reopenWith(ground, ask.rule) : takeIn(ground, ask.rule)
  if (sector.closed) return refused('SECTOR_GONE')
  switch (ask.of) {
    case 'rename':
      return rename(ground, ask.name)
    case 'change':
      return ask.into ? takeIn(ground, ask.rule) : giveBack(ground, ask.rule)
    case 'dissolve':
      return dissolve(ground)
  }
}

const openNames = ({ sectors, work }: Ground): string[] =>
  sectors.filter(({ id, closed }) => !closed && id !== work.sectorId).map(({ name }) => name)

async function make(
  ground: Ground,
  { name: wanted, rule }: Extract<Arrangement['ask'], { of: 'make' }>,
): Promise<Step> {
  const { sdb, work, parent, clock } = ground
  const name = freeName(wanted, openNames(ground))
  const made = {
    id: work.sectorId,
    parentId: parent.id,
    rank: SUB_SECTOR,
    name,
    path: childPath(parent.path, work.sectorId),
  }
  await insertTerritories(sdb.tx, sdb.scope.orgId, [{ ...made, code: null }])
  const manages = verdictAt(sdb.scope, 'territory.arrange', parent.path).allowed
  if (!manages) await noteMaker(sdb, made.id, work.askedBy)
  await noteName(sdb, work.id, { name, before: null })
  await writeAudit(sdb, {
    id: clock.newId(),
    action: 'territory.createSubSector',
    subjectId: made.id,
    detail: { name, parentId: parent.id },
  })
  const sector: SubSector = {
    id: made.id,
    name,
    path: made.path,
    rank: 3,
    made: !manages,
    closed: false,
  }
  return takeIn({ ...ground, sector, sectors: [...ground.sectors, sector] }, rule)
}

async function reopenWith(
  ground: Ground & { readonly sector: SubSector },
  rule: RehomeRule | null,
): Promise<Step> {
  const { sdb, work, sector, clock } = ground
  const name = freeName(sector.name, openNames(ground))
  await setClosed(sdb, sector.id, null)
  if (name !== sector.name) await renameTerritory(sdb, sector.id, name)
  await noteName(sdb, work.id, { name, before: sector.name })
  await writeAudit(sdb, {
    id: clock.newId(),
    action: 'territory.reopen',
    subjectId: sector.id,
    detail: { name, parentId: work.territoryId },
  })
  const open = { ...ground, sector: { ...sector, name, closed: false } }
  return rule === null ? done() : takeIn(open, rule)
}

async function rename(ground: Ground & { readonly sector: SubSector }, wanted: string): Promise<Step> {
  const { sdb, work, sector, clock } = ground
  const name = freeName(wanted, openNames(ground))
  await renameTerritory(sdb, sector.id, name)
  await noteName(sdb, work.id, { name, before: sector.name })
  await writeAudit(sdb, {
    id: clock.newId(),
    action: 'territory.rename',
    subjectId: sector.id,
    detail: { from: sector.name, to: name },
  })
  return done()
}

/** Accounts of the territory that a rule means come in, from where the asker may take them. */
async function takeIn(ground: Ground & { readonly sector: SubSector }, rule: RehomeRule): Promise<Step> {
  const { sdb, parent, sectors, sector } = ground
  const all = await around(ground, rule)
  if (all === null) return refused('TOO_LARGE')
  const contacts = new Map(all.map((account) => [account.id, account.contacts]))
  const free = new Set([
    parent.id,
    ...sectors.filter((one) => mayArrange(sdb.scope, one)).map(({ id }) => id),
  ])
  const { taken, kept } = selectAccounts(all, rule, {
    to: sector.id,
    open: (id) => free.has(id),
    contactsOf: (id) => contacts.get(id) ?? [],
  })
  if (taken.length > 0)
    return carry(
      ground,
      taken.map(({ id }) => ({ id, to: sector.id })),
    )
  const here = new Set(all.map(({ id }) => id))
  const elsewhere = rule.by === 'accounts' ? rule.ids.filter((id) => !here.has(id)).length : 0
  return done(kept.length + elsewhere)
}

/** Accounts of the sub-sector that a rule means go back to the territory above. */
async function giveBack(ground: Ground & { readonly sector: SubSector }, rule: RehomeRule): Promise<Step> {
  const { parent, sector } = ground
  const all = await around(ground, rule)
  if (all === null) return refused('TOO_LARGE')
  const contacts = new Map(all.map((account) => [account.id, account.contacts]))
  const { taken } = selectAccounts(
    all.filter(({ territoryId }) => territoryId === sector.id),
    rule,
    { to: parent.id, open: () => true, contactsOf: (id) => contacts.get(id) ?? [] },
  )
  if (taken.length === 0) return done()
  return carry(
    ground,
    taken.map(({ id }) => ({ id, to: parent.id })),
  )
}

async function around({ sdb, parent }: Ground, rule: RehomeRule) {
  const fieldId = rule.by === 'answer' ? rule.fieldId : null
  const all = await accountsAround(sdb, parent.id, { fieldId, limit: AROUND_MOST + 1 })
  return all.length > AROUND_MOST ? null : all
}

/** Its accounts go back, then it closes; refused where people or questions stand on it. */
async function dissolve(ground: Ground & { readonly sector: SubSector }): Promise<Step> {
  const { sdb, sector, work, clock } = ground
  if (await isInUse(ground)) return refused('SECTOR_IN_USE')
  const emptied = await giveBack(ground, { by: 'all' })
  if (emptied === 'more' || emptied.state === 'refused') return emptied
  await setClosed(sdb, sector.id, clock.now())
  await noteName(sdb, work.id, { name: sector.name, before: null })
  await writeAudit(sdb, {
    id: clock.newId(),
    action: 'territory.close',
    subjectId: sector.id,
    detail: { name: sector.name, parentId: work.territoryId },
  })
  return done()
}

/** Whether people or questions stand on it: those are a manager's to take elsewhere. */
async function isInUse({
  sdb,
  sector,
}: {
  readonly sdb: ScopedDb
  readonly sector: SubSector
}): Promise<boolean> {
  const { people, fields, children, inClosed } = await standsHere(sdb, sector.id)
  return people + fields + children + inClosed > 0
}

/** Takes one of them back: its accounts go where they came from, as far as they are where it put them. */
async function undo(ground: Ground & { readonly sector: SubSector }, id: string): Promise<Step> {
  const { sdb, work, sector, parent, sectors } = ground
  const one = await findArrangement(sdb, id)
  if (one?.sectorId !== sector.id || one.state !== 'done' || one.undone || one.ask.of === 'undo')
    return refused('UNDO_NOTHING')
  if (one.ask.of === 'dissolve' && sector.closed) {
    // Open first: nothing goes to a closed place.
    await reopenWith(ground, null)
    return undoMoves({ ...ground, sector: { ...sector, closed: false } }, one)
  }
  if (sector.closed) return refused('SECTOR_GONE')
  if (one.ask.of === 'rename') {
    // Somebody has named it since.
    if (sector.name !== one.name) return refused('UNDO_NOTHING')
    if (one.nameBefore) await rename(ground, one.nameBefore)
    await noteUndone(sdb, one.id, work.id)
    return done()
  }
  if (one.ask.of === 'make' && (await isInUse(ground))) return refused('SECTOR_IN_USE')
  const open = new Set([parent.id, ...sectors.filter(({ closed }) => !closed).map((place) => place.id)])
  const moved = await undoMoves(ground, one, (from) => (open.has(from) ? from : parent.id))
  if (moved === 'more' || one.ask.of !== 'make') return moved
  return dissolve(ground)
}

async function undoMoves(
  ground: Ground,
  one: Arrangement,
  backTo: (from: string) => string = (from) => from,
): Promise<Step> {
  const back = await stillMoved(ground.sdb, one.id)
  if (back.length > 0)
    return carry(
      ground,
      back.map(({ id, from }) => ({ id, to: backTo(from) })),
    )
  await noteUndone(ground.sdb, one.id, ground.work.id)
  return done()
}

/** Moves the first of them, as many as one transaction takes. */
async function carry(
  { sdb, work, parent, sectors, clock }: Ground,
  moves: readonly { readonly id: string; readonly to: string }[],
): Promise<'more'> {
  let some = moves.slice(0, ACCOUNTS_A_BATCH)
  const idsOf = () => some.map(({ id }) => id)
  while (some.length > 1 && (await countReports(sdb, idsOf())) > REPORTS_A_BATCH)
    some = some.slice(0, Math.ceil(some.length / 2))
  const locked = new Map((await lockAccounts(sdb, idsOf())).map((account) => [account.id, account]))
  const pathOf = new Map([parent, ...sectors].map(({ id, path }) => [id, path]))
  for (const to of new Set(some.map((move) => move.to))) {
    const leaving = some.flatMap((move) => {
      const account = locked.get(move.id)
      return move.to === to && account && account.territoryId !== to ? [account] : []
    })
    const path = pathOf.get(to)
    if (leaving.length === 0 || path === undefined) continue
    await carryOver(sdb, leaving, { id: to, path }, clock.now())
    const moved = leaving.map(({ id, territoryId }) => ({ accountId: id, from: territoryId, to }))
    await noteMoved(sdb, work.id, moved)
    await writeAudit(sdb, {
      id: clock.newId(),
      action: 'account.move',
      subjectId: to,
      detail: { to, moved: moved.map(({ accountId, from }) => ({ accountId, from })) },
    })
  }
  return 'more'
}
