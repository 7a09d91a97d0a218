import { type Branch, branchesFacts } from '@fieldback/db/field/branch-facts.repo'
import {
  keyHolders,
  type OwnedField,
  referencesAround,
  setKeys,
  usedSlots,
} from '@fieldback/db/field/field.repo'
import { itemsAt } from '@fieldback/db/list/list.repo'
import type { ScopedDb } from '@fieldback/db/scoped-db'
import type { OwnedAt } from '@fieldback/db/territory/move-branch.repo'
import type { NearTerritory } from '@fieldback/db/territory/near-tree.repo'
import { verdictAt } from '@fieldback/domain/access/scope'
import { FieldbackError } from '@fieldback/domain/errors'
import { conditionsOf } from '@fieldback/domain/field/condition'
import type { FieldDefinition, FieldSpec } from '@fieldback/domain/field/field-spec'
import { readsAs } from '@fieldback/domain/field/merge-map'
import type { AnswerMap } from '@fieldback/domain/field/merges'
import { type PromotionVerdict, planPromotion } from '@fieldback/domain/field/plan-promotion'
import { isOwners, keyOf, numberedKey, tidySpec } from '@fieldback/domain/field/plan-publish'
import type { TerritoryRow } from '@fieldback/domain/sync/pull'
import {
  type ClashChoice,
  choiceFor,
  type ReadAsOne,
  sameAnswers,
  withAdded,
} from '@fieldback/domain/territory/clash-choice'
import { clashesOf } from '@fieldback/domain/territory/fields-meet'
import { isWithin, type Path } from '@fieldback/domain/territory/path'
import type { TreeStep } from '@fieldback/domain/territory/tree-step'
import { promotePlanned } from '../field/promote.ts'
import { publish, requireField, restoreAsBefore, retire } from '../field/publish.ts'
import { retype } from '../field/retype.ts'
import { undoPromotion } from '../field/undo-promotion.ts'
import type { Meeting } from './settle-fields.ts'

type Deps = { readonly now: () => Date; readonly newId: () => string }
/** A question of a clash; `drafted`: an earlier step of a draft makes it, for its territory, of those of some places. */
export type ClashField = OwnedAt & {
  readonly drafted?: { readonly owner: TerritoryRow; readonly of: readonly string[] }
}
export type Unsettle = Extract<TreeStep, { of: 'unsettle' }>
export type Coming = {
  readonly meeting: Meeting
  /** Of a merge, whose questions will be the other's; null of a branch that moves with its own. */
  readonly merged: { readonly from: NearTerritory; readonly into: NearTerritory } | null
}

/**
 * Does with questions that clash what was chosen, before anything else of a merge or a move; a choice whose questions clash no
 * more does nothing. Answers what takes it back. FORBIDDEN for a question that the reader may not change, and the codes
 * of a publication, a promotion and a change of type.
 */
export async function settleClashes(
  sdb: ScopedDb,
  coming: Coming,
  choices: readonly ClashChoice[],
  deps: Deps,
): Promise<Unsettle> {
  const all: Unsettle = { of: 'unsettle', retired: [], promoted: [], renamed: [], keys: [] }
  const { own, near, meets } = coming.meeting
  for (const clash of clashesOf(own, near, meets)) {
    const choice = choiceFor(clash, choices)
    if (!choice) continue
    if (choice.how === 'keep') {
      for (const fieldId of choice.others) await retire(sdb, fieldId, deps)
      all.retired.push(...choice.others)
    } else if (choice.how === 'apart') {
      const { label, key } = await giveName(sdb, choice.fieldId, choice.label, deps)
      all.renamed.push({ fieldId: choice.fieldId, label })
      all.keys.push({ fieldId: choice.fieldId, key })
    } else all.promoted.push(...(await readAsOne(sdb, { ...coming, clash, choice }, deps)))
  }
  return all
}

/** A question in other words, and under their key; what it was called. */
async function giveName(sdb: ScopedDb, fieldId: string, label: FieldSpec['label'], deps: Deps) {
  const { definition, owner } = await giveLabel(sdb, fieldId, label, deps)
  const holders = await keyHolders(sdb, owner.path, definition.entity)
  const key = numberedKey(keyOf(label.fr), new Set(holders.map((holder) => holder.key)))
  await setKeys(sdb, [{ fieldId, key }])
  return { label: definition.spec.label, key: definition.key }
}

/** A question in other words; what it was. */
async function giveLabel(sdb: ScopedDb, fieldId: string, label: FieldSpec['label'], { newId }: Deps) {
  const owned = await requireField(sdb, fieldId)
  const { entity, version: baseVersion, spec } = owned.definition
  const territoryId = owned.owner.id
  await publish(sdb, { territoryId, entity, fieldId, baseVersion, spec: { ...spec, label } }, newId)
  return owned
}

/** Ids of the questions that were made for it, the last first. */
async function readAsOne(
  sdb: ScopedDb,
  { clash, choice: chosen, ...coming }: Coming & Pick<Joining, 'clash' | 'choice'>,
  deps: Deps,
): Promise<string[]> {
  const { kept, choice } = joinedBy(clash, chosen)
  const converted: string[] = []
  const fields: OwnedAt[] = []
  for (const field of clash) {
    const { definition } = field
    await requireField(sdb, definition.id)
    if (readsAs(definition.spec, kept.definition.spec)) {
      fields.push(field)
      continue
    }
    const request = asKept(definition, kept.definition, choice)
    const { fieldId } = await retype(sdb, request, deps)
    converted.unshift(fieldId)
    fields.push({ ...field, definition: (await requireField(sdb, fieldId)).definition })
  }
  const planned = await planAsOne(sdb, { ...coming, clash, kept: kept.definition, choice, fields })
  requireDefine(sdb, planned.territory)
  const { fieldId } = await promotePlanned(sdb, { ...planned, fieldId: choice.madeId }, deps)
  return [fieldId, ...converted]
}

/** The question whose words are kept, and where answers go. */
export function joinedBy(clash: readonly ClashField[], choice: ReadAsOne) {
  const joined = withAdded(clash, choice)
  if (!joined) throw new FieldbackError('NOT_FOUND', { what: 'field' })
  return joined
}

/** A question with the type and the answers of the one that is kept, as a change of type asks for it. */
export const asKept = (definition: FieldDefinition, kept: FieldDefinition, choice: ReadAsOne) => ({
  fieldId: definition.id,
  version: definition.version,
  spec: {
    ...tidySpec(kept.entity, kept.spec),
    label: definition.spec.label,
    why: definition.spec.why,
    position: definition.spec.position,
  },
  way: { map: choice.maps[definition.id] ?? {}, steps: [] },
  acceptLooser: false,
})

export type PlannedAsOne = {
  readonly territory: TerritoryRow
  readonly entity: FieldDefinition['entity']
  readonly sources: readonly {
    readonly definition: FieldDefinition
    readonly owner: Place
    readonly map: AnswerMap | null
  }[]
  readonly verdict: PromotionVerdict
}

type Place = { readonly id: string; readonly name: string; readonly path: Path }
type Joining = {
  readonly clash: readonly ClashField[]
  /** With the answers that it is to offer too. */
  readonly kept: FieldDefinition
  readonly choice: ReadAsOne
  /** Those of the clash, in its order, of the type that is kept. */
  readonly fields: readonly ClashField[]
}

/**
 * Whether the questions of a clash can be read as one, at the place above all of
 * them once their territories are merged. What a level asked more of is never given up: PROMOTION_LOOSENS.
 */
export async function planAsOne(
  sdb: ScopedDb,
  { merged, clash, kept, choice, fields }: Pick<Coming, 'merged'> & Joining,
): Promise<PlannedAsOne> {
  const { entity } = kept
  const spec = { ...kept.spec, options: kept.spec.options.filter(isOwners) }
  const owners = fields.map(
    ({ definition, place, path }): Place =>
      merged && path === merged.from.path ? merged.into : { id: definition.territoryId, name: place, path },
  )
  // Those that are there already stand last: what comes lies below them, or will be the other's.
  const above = owners.reduceRight<Place | undefined>(
    (top, owner) => (top && !isWithin(owner.path, top.path) ? top : owner),
    merged?.into,
  )
  const territory =
    above === merged?.into && merged ? merged.into : await requireOwner(sdb, fields, above?.id)
  const facts = await branchesFacts(sdb, [territory, ...owners, ...(merged ? [merged.from] : [])])
  const factsOf = (id: string): Branch => {
    const known = facts.get(id)
    if (!known) throw new Error('a branch whose facts were not read')
    // A return that works in one of two branches works in both together.
    const other = merged && id === merged.into.id ? facts.get(merged.from.id) : undefined
    return other && other.reportsLast60Days > known.reportsLast60Days ? other : known
  }
  const sources = owners.flatMap((owner, at) => {
    const [before, now] = [clash[at]?.definition, fields[at]?.definition]
    if (!before || !now) return []
    const map = mapOf(before, now, { kept, choice })
    return [{ definition: now, owner, map, facts: factsOf(owner.id) }]
  })
  const items = spec.list === undefined ? undefined : await itemsAt(sdb, spec.list, territory.path)
  const hangs = spec.type === 'computed' || conditionsOf(spec).length > 0
  const slots = await usedSlots(sdb, territory.path, entity)
  const verdict = planPromotion({
    ...(items ? { items } : {}),
    ...(hangs ? { references: await referencesAround(sdb, territory.path) } : {}),
    territory,
    entity,
    spec,
    sources,
    holders: [
      ...(await keyHolders(sdb, territory.path, entity)),
      ...(merged ? await holdersOf(sdb, merged, entity) : []),
    ],
    slots,
    facts: factsOf(territory.id),
    acceptLooser: false,
    meeting: true,
  })
  return { territory, entity, sources, verdict }
}

/** Keys of a merged territory: its questions will stand at the other. */
async function holdersOf(
  sdb: ScopedDb,
  { from, into }: NonNullable<Coming['merged']>,
  entity: FieldDefinition['entity'],
) {
  const holders = await keyHolders(sdb, from.path, entity)
  return holders.map((holder) =>
    holder.territoryId === from.id ? { ...holder, territoryId: into.id } : holder,
  )
}

/** What the answers of a question are in the one that is kept: its own, those it was converted to, or as was chosen. */
function mapOf(
  before: FieldDefinition,
  definition: FieldDefinition,
  { kept, choice }: { readonly kept: FieldDefinition; readonly choice: ReadAsOne },
): AnswerMap | null {
  const same = before.id === kept.id || definition !== before
  return same ? sameAnswers(definition.spec) : (choice.maps[before.id] ?? null)
}

async function requireOwner(
  sdb: ScopedDb,
  fields: readonly ClashField[],
  territoryId: string | undefined,
): Promise<TerritoryRow> {
  const field = fields.find(({ definition }) => definition.territoryId === territoryId)
  if (!field) throw new FieldbackError('NOT_FOUND', { what: 'field' })
  return (await requireOwned(sdb, field)).owner
}

/** A question of a clash with the right to change it; of one that is drafted the right has been judged. NOT_FOUND, FORBIDDEN. */
export const requireOwned = async (
  sdb: ScopedDb,
  { definition, drafted }: ClashField,
): Promise<OwnedField> => (drafted ? { definition, owner: drafted.owner } : requireField(sdb, definition.id))

function requireDefine({ scope }: ScopedDb, territory: TerritoryRow): void {
  const verdict = verdictAt(scope, 'field.define', territory)
  if (!verdict.allowed)
    throw new FieldbackError('FORBIDDEN', { reason: verdict.reason, permission: 'field.define' })
}

/** Takes back what a merge or a move did to questions, once they are where they were. */
export async function unsettle(
  sdb: ScopedDb,
  { promoted, retired, renamed, keys }: Unsettle,
  deps: Deps,
): Promise<void> {
  for (const fieldId of promoted) await undoPromotion(sdb, fieldId, deps)
  for (const { fieldId, label } of renamed) await giveLabel(sdb, fieldId, label, deps)
  // The last first: one may have been given a key that another had left.
  for (const one of keys.toReversed()) await setKeys(sdb, [one])
  for (const fieldId of retired) await restoreAsBefore(sdb, fieldId, deps.newId)
}

/** Keys for questions that will stand at one territory, where two of a kind bear the same: the retired one gets another. */
export async function separateKeys(
  sdb: ScopedDb,
  { from, into }: NonNullable<Coming['merged']>,
  { own, near }: Pick<Meeting, 'own' | 'near'>,
): Promise<Unsettle['keys']> {
  const here = own.filter(({ definition }) => definition.territoryId === from.id)
  const there = near.filter(({ definition }) => definition.territoryId === into.id)
  const borne = new Set([...here, ...there].map(({ definition }) => definition.key))
  const changed = here.flatMap(({ definition }) => {
    const same = there.find(
      (other) => other.definition.entity === definition.entity && other.definition.key === definition.key,
    )
    if (!same) return []
    const { id, key } = definition.retired ? definition : same.definition
    const next = numberedKey(key, borne)
    borne.add(next)
    return [{ fieldId: id, key, next }]
  })
  await setKeys(
    sdb,
    changed.map(({ fieldId, next }) => ({ fieldId, key: next })),
  )
  return changed.map(({ fieldId, key }) => ({ fieldId, key }))
}
