import { writeAudit } from '@fieldback/db/audit/audit.repo'
import { lockPublications } from '@fieldback/db/field/field.repo'
import {
  deleteList,
  findItems,
  findList,
  insertList,
  isNamed,
  itemsLike,
  itemsOf,
  listNamesAround,
  type OwnedList,
  putItems,
  questionsOf,
  renameItem,
  renameList,
  setItemsRetired,
  setListRetired,
} from '@fieldback/db/list/list.repo'
import { requireTerritory, type ScopedDb } from '@fieldback/db/scoped-db'
import { type Place, verdictAt } from '@fieldback/domain/access/scope'
import { nameKey } from '@fieldback/domain/account/normalise'
import type { AuditAction } from '@fieldback/domain/audit/actions'
import { type Change, itemChanges, offeredChange } from '@fieldback/domain/audit/changes'
import { FieldbackError } from '@fieldback/domain/errors'
import type { Localised } from '@fieldback/domain/field/field-spec'
import { undoableUntil } from '@fieldback/domain/field/plan-promotion'
import type { ItemSpec, List } from '@fieldback/domain/list/list'
import { type KeptItem, type PlannedItem, planItems, renameFault } from '@fieldback/domain/list/plan-items'
import { type ItemLine, readItems } from '@fieldback/domain/list/read-items'
import type { TerritoryRow } from '@fieldback/domain/sync/pull'
import { isWithin } from '@fieldback/domain/territory/path'
import { refuseChanged } from '../meanwhile.ts'
import { requireListAt } from './read.ts'

type Runtime = { readonly now: () => Date; readonly newId: () => string }
type At = { readonly territoryId: string; readonly listId: string }

/** Makes a list at a territory, for it and its branch. LIST_NAME_TAKEN {name, territory}. */
export async function createList(
  sdb: ScopedDb,
  request: { readonly territoryId: string; readonly name: Localised },
  newId: () => string,
): Promise<{ readonly listId: string }> {
  const territory = await requireTerritory(sdb, 'field.define', request.territoryId)
  await refuseTaken(sdb, territory, request.name)
  const list: List = { id: newId(), territoryId: territory.id, name: request.name }
  await insertList(sdb, list)
  await note(sdb, newId, 'list.create', { list, territoryId: territory.id })
  return { listId: list.id }
}

/** Two lists that one question may name are never called alike: files find them again by their names. */
async function refuseTaken(
  sdb: ScopedDb,
  territory: TerritoryRow,
  name: Localised,
  but?: string,
): Promise<void> {
  const taken = (await listNamesAround(sdb, territory.path)).find(
    ({ list }) => list.id !== but && nameKey(list.name.fr) === nameKey(name.fr),
  )
  if (taken) throw new FieldbackError('LIST_NAME_TAKEN', { name: name.fr, territory: taken.owner.name })
}

/** CHANGED_MEANWHILE when it is no longer called as the screen showed; LIST_NAME_TAKEN. */
export async function nameList(
  sdb: ScopedDb,
  { listId, name, known }: { readonly listId: string; readonly name: Localised; readonly known: Localised },
  newId: () => string,
): Promise<void> {
  const owned = await requireOwned(sdb, listId)
  const { list, owner } = owned
  refuseRetired(owned)
  refuseChanged(known, list.name)
  await refuseTaken(sdb, owner, name, listId)
  await renameList(sdb, listId, name)
  const changes = itemChanges({ label: list.name }, { label: name })
  await note(sdb, newId, 'list.rename', { list: { ...list, name }, territoryId: owner.id, changes })
}

/** Questions named in a refusal. */
const QUESTIONS_NAMED = 5

/**
 * Lets no question name it any more; its items stay readable. LIST_ASKED {questions, more} while live ones are answered
 * from it.
 */
export async function retireList(sdb: ScopedDb, listId: string, { now, newId }: Runtime): Promise<void> {
  // No question is published that names it meanwhile.
  await lockPublications(sdb)
  const { list, owner, retiredDay } = await requireOwned(sdb, listId)
  if (retiredDay !== null) return
  const { labels, count } = await questionsOf(sdb, listId, QUESTIONS_NAMED)
  if (count > 0) {
    const questions = labels.map(({ fr }) => fr).join(', ')
    throw new FieldbackError('LIST_ASKED', { questions, more: count - labels.length })
  }
  await setListRetired(sdb, listId, now())
  await note(sdb, newId, 'list.retire', { list, territoryId: owner.id })
}

/** Brings a retired list back. LIST_SETTLED {until} after thirty days. */
export async function restoreList(sdb: ScopedDb, listId: string, newId: () => string): Promise<void> {
  const { list, owner, retiredDay } = await requireOwned(sdb, listId)
  if (retiredDay === null) return
  const until = undoableUntil(retiredDay)
  if (sdb.scope.day > until) throw new FieldbackError('LIST_SETTLED', { until })
  await setListRetired(sdb, listId, null)
  await note(sdb, newId, 'list.restore', { list, territoryId: owner.id })
}

/** Nothing of a retired list changes: it is brought back first. */
function refuseRetired({ retiredDay }: OwnedList): void {
  if (retiredDay !== null) throw new FieldbackError('LIST_RETIRED', {})
}

/** Takes away a list made by mistake. LIST_IN_USE once a question was ever answered from it. */
export async function removeList(sdb: ScopedDb, listId: string, newId: () => string): Promise<void> {
  const { list, owner } = await requireOwned(sdb, listId)
  if (await isNamed(sdb, listId)) throw new FieldbackError('LIST_IN_USE', {})
  if ((await itemsOf(sdb, listId)).some(({ territoryId }) => territoryId !== owner.id))
    throw new FieldbackError('LIST_IN_USE', {})
  await deleteList(sdb, listId)
  await note(sdb, newId, 'list.remove', { list, territoryId: owner.id })
}

/** What a pasted text would make of a list at a territory, line by line; changes nothing. */
export async function tryItems(
  sdb: ScopedDb,
  request: At & { readonly text: string },
  newId: () => string,
): Promise<PlannedItem[]> {
  return (await planAt(sdb, request, readItems(request.text), newId)).plan
}

export type PutItems = {
  readonly lines: readonly PlannedItem[]
  /** What is offered that was not: what an undo retires again. */
  readonly added: readonly string[]
}

/** Writes the lines of a text that are not refused. */
export async function pasteItems(
  sdb: ScopedDb,
  request: At & { readonly text: string },
  newId: () => string,
): Promise<PutItems> {
  return put(sdb, await planAt(sdb, request, readItems(request.text), newId, { locked: true }), newId)
}

/** Adds one item at a territory; what keeps it from being added is thrown, see planItems. LIST_LABEL_TAKEN {item}. */
export async function addItem(
  sdb: ScopedDb,
  { item, ...at }: At & { readonly item: ItemSpec },
  newId: () => string,
): Promise<{ readonly itemId: string }> {
  const { list, territory } = await openAt(sdb, at, { locked: true })
  const plan = planItems(await itemsLike(sdb, list.id, item), territory, [{ line: 1, ...item }], newId)
  const verdict = plan[0]?.verdict
  if (verdict?.is === 'refused') throw new FieldbackError(verdict.code, verdict.params)
  const there = verdict?.is === 'unchanged' || (verdict?.is === 'changed' && !verdict.restored)
  if (!verdict || there) throw new FieldbackError('LIST_LABEL_TAKEN', { item: item.code ?? item.label.fr })
  await put(sdb, { list, territory, plan }, newId)
  return { itemId: verdict.id }
}

type Plan = {
  readonly list: List
  readonly territory: TerritoryRow
  readonly plan: PlannedItem[]
}

async function planAt(
  sdb: ScopedDb,
  at: At,
  lines: readonly ItemLine[],
  newId: () => string,
  how: { readonly locked?: boolean } = {},
): Promise<Plan> {
  const { list, territory } = await openAt(sdb, at, how)
  const items = await itemsOf(sdb, list.id)
  return { list, territory, plan: planItems({ items, size: items.length }, territory, lines, newId) }
}

/** A list that a territory may add to: above its own level a list is nobody's, a level adds to what it inherits. */
async function openAt(
  sdb: ScopedDb,
  at: At,
  how: { readonly locked?: boolean },
): Promise<Pick<Plan, 'list' | 'territory'>> {
  const { territory, ...owned } = await requireListAt(sdb, 'field.define', at, how)
  const { list, owner } = owned
  refuseRetired(owned)
  if (!isWithin(owner.path, territory.path)) throw new FieldbackError('NOT_FOUND', { what: 'list' })
  return { list, territory }
}

async function put(sdb: ScopedDb, { list, territory, plan }: Plan, newId: () => string): Promise<PutItems> {
  const written = plan.flatMap(({ spec, verdict }) =>
    verdict.is === 'new' || verdict.is === 'changed' ? [{ id: verdict.id, spec, verdict }] : [],
  )
  if (written.length > 0) {
    await putItems(sdb, { listId: list.id, territoryId: territory.id }, written)
    await note(sdb, newId, 'list.putItems', {
      list,
      territoryId: territory.id,
      count: written.length,
      changes: offeredChange(
        written.map(({ spec }) => spec.label),
        true,
      ),
    })
  }
  return {
    lines: plan,
    added: written.flatMap(({ id, verdict }) =>
      verdict.is === 'new' || (verdict.is === 'changed' && verdict.restored) ? [id] : [],
    ),
  }
}

/** Calls an item otherwise; answers that name it follow. CHANGED_MEANWHILE, and those of renameFault. */
export async function setItem(
  sdb: ScopedDb,
  { itemId, item, known }: { readonly itemId: string; readonly item: ItemSpec; readonly known: ItemSpec },
  newId: () => string,
): Promise<void> {
  const { list, chosen } = await requireItems(sdb, [itemId])
  const [before] = chosen
  if (!before) return
  refuseChanged(wordsOf(known), wordsOf(before))
  const { items } = await itemsLike(sdb, list.id, item)
  const fault = renameFault(items, before, item)
  if (fault) throw new FieldbackError(fault.code, fault.params)
  await renameItem(sdb, { id: itemId, spec: item })
  await note(sdb, newId, 'list.setItem', {
    list,
    territoryId: before.territoryId,
    changes: itemChanges(wordsOf(before), wordsOf(item)),
  })
}

const wordsOf = ({ code, label, group }: ItemSpec): ItemSpec => ({
  code,
  label: { fr: label.fr, ...(label.en === undefined ? {} : { en: label.en }) },
  group,
})

/** Stops offering items, all or none; old answers stay readable. */
export async function retireItems(
  sdb: ScopedDb,
  itemIds: readonly string[],
  { now, newId }: Runtime,
): Promise<void> {
  await turn(sdb, itemIds, { at: now(), action: 'list.retireItems', newId })
}

/** Offers retired items again, all or none. */
export async function restoreItems(
  sdb: ScopedDb,
  itemIds: readonly string[],
  newId: () => string,
): Promise<void> {
  await turn(sdb, itemIds, { at: null, action: 'list.restoreItems', newId })
}

type Turn = {
  readonly at: Date | null
  readonly action: 'list.retireItems' | 'list.restoreItems'
  readonly newId: () => string
}

async function turn(sdb: ScopedDb, itemIds: readonly string[], { at, action, newId }: Turn): Promise<void> {
  const { list, chosen } = await requireItems(sdb, itemIds)
  const turned = chosen.filter(({ retired }) => retired === (at === null))
  const [first] = turned
  if (!first) return
  await setItemsRetired(
    sdb,
    turned.map(({ id }) => id),
    at,
  )
  await note(sdb, newId, action, {
    list,
    territoryId: first.territoryId,
    count: turned.length,
    changes: offeredChange(
      turned.map(({ label }) => label),
      at === null,
    ),
  })
}

/** Items of one list, every one of which the reader may change, with the list locked. NOT_FOUND, FORBIDDEN. */
async function requireItems(
  sdb: ScopedDb,
  itemIds: readonly string[],
): Promise<{ readonly list: List; readonly chosen: readonly KeptItem[] }> {
  const ids = [...new Set(itemIds)]
  const [first] = await findItems(sdb, ids)
  if (!first) throw new FieldbackError('NOT_FOUND', { what: 'item' })
  const owned = await findList(sdb, first.listId, { locked: true })
  refuseRetired(owned)
  // Read once nobody changes them any more.
  const chosen = await findItems(sdb, ids)
  if (chosen.length < ids.length || chosen.some(({ listId }) => listId !== first.listId))
    throw new FieldbackError('NOT_FOUND', { what: 'item' })
  for (const item of chosen) requireDefine(sdb, item)
  return { list: owned.list, chosen }
}

async function requireOwned(sdb: ScopedDb, listId: string): Promise<OwnedList> {
  const found = await findList(sdb, listId, { locked: true })
  requireDefine(sdb, found.owner)
  return found
}

function requireDefine(sdb: ScopedDb, place: Place): void {
  const verdict = verdictAt(sdb.scope, 'field.define', place)
  if (!verdict.allowed)
    throw new FieldbackError('FORBIDDEN', { reason: verdict.reason, permission: 'field.define' })
}

type Noted = {
  readonly list: List
  readonly territoryId: string
  readonly count?: number
  readonly changes?: readonly Change[]
}

async function note(
  sdb: ScopedDb,
  newId: () => string,
  action: Extract<AuditAction, `list.${string}`>,
  { list, ...detail }: Noted,
): Promise<void> {
  await writeAudit(sdb, {
    id: newId(),
    action,
    subjectId: list.id,
    detail: { name: list.name.fr, ...detail },
  })
}
