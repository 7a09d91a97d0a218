import { writeAudit } from '@fieldback/db/audit/audit.repo'
import { type Branch, branchFacts } from '@fieldback/db/field/branch-facts.repo'
import {
  findField,
  insertDefinition,
  keyHolders,
  lastPosition,
  lockPublications,
  type OwnedField,
  publishVersion,
  referencesAround,
  setRetired,
  usedSlots,
} from '@fieldback/db/field/field.repo'
import { replacedBy } from '@fieldback/db/field/promotion.repo'
import { itemsAt } from '@fieldback/db/list/list.repo'
import { requireTerritory, type ScopedDb } from '@fieldback/db/scoped-db'
import { verdictAt } from '@fieldback/domain/access/scope'
import { askedChange, changesOf } from '@fieldback/domain/audit/changes'
import { FieldbackError } from '@fieldback/domain/errors'
import { conditionsOf } from '@fieldback/domain/field/condition'
import {
  type FieldDefinition,
  type FieldEntity,
  type FieldOption,
  type FieldSpec,
  POSITION_MAX,
} from '@fieldback/domain/field/field-spec'
import { isOwners, keyOf, type PublishPlan, planPublication } from '@fieldback/domain/field/plan-publish'
import type { TerritoryRow } from '@fieldback/domain/sync/pull'

export type PublishRequest = {
  readonly territoryId: string
  readonly entity: FieldEntity
  /** The next version of an existing question, as seen at `baseVersion`; null for a new one. */
  readonly fieldId: string | null
  readonly baseVersion: number | null
  readonly spec: FieldSpec
}

export type Published = { readonly fieldId: string; readonly key: string; readonly version: number }

/** What a publication would do, with the facts it was judged on; facts that were just read are not read again. */
export async function planAt(
  sdb: ScopedDb,
  territory: TerritoryRow,
  request: Pick<PublishRequest, 'entity' | 'spec'> & {
    readonly previous: FieldDefinition | null
    readonly branch?: Branch
  },
): Promise<{ plan: PublishPlan; branch: Branch; items: readonly FieldOption[] }> {
  const { entity, spec, previous } = request
  const branch = request.branch ?? (await branchFacts(sdb, territory))
  const holders = await keyHolders(sdb, territory.path, entity)
  const slots = await usedSlots(sdb, territory.path, entity)
  const hangs = spec.type === 'computed' || conditionsOf(spec).length > 0
  const items = spec.list === undefined ? undefined : await itemsAt(sdb, spec.list, territory.path)
  const plan = planPublication({
    ...(items ? { items } : {}),
    ...(hangs ? { references: await referencesAround(sdb, territory.path) } : {}),
    territoryId: territory.id,
    entity,
    spec,
    previous,
    holders: holders.filter((holder) => holder.fieldId !== previous?.id),
    slots,
    facts: branch,
  })
  return { plan, branch, items: items ?? [] }
}

/**
 * Publishes a question, or its next version: earlier ones are never edited. Whoever cannot give something back does not
 * ask: GIVEBACK_MISSING, GIVEBACK_NOT_WORKING; see planPublication for the others. CONFLICT when somebody published in
 * between.
 */
export async function publish(
  sdb: ScopedDb,
  request: PublishRequest,
  newId: () => string,
): Promise<Published> {
  const territory = await requireTerritory(sdb, 'field.define', request.territoryId)
  await lockPublications(sdb)
  const previous = await findPrevious(sdb, request, territory)
  const spec = previous ? request.spec : await lastAt(sdb, request)
  const { plan } = await planAt(sdb, territory, { entity: request.entity, spec, previous })
  if (!plan.ok) throw new FieldbackError(plan.code, plan.params)
  const fieldId = previous?.id ?? newId()
  return publishPlanned(sdb, { territory, entity: request.entity, fieldId, plan, previous }, newId)
}

/** A new question stands behind those that its territory asks already. */
export async function lastAt(
  sdb: ScopedDb,
  { territoryId, entity, spec }: Pick<PublishRequest, 'territoryId' | 'entity' | 'spec'>,
): Promise<FieldSpec> {
  const last = await lastPosition(sdb, territoryId, entity)
  return last === null
    ? spec
    : { ...spec, position: Math.min(POSITION_MAX, Math.max(spec.position, last + 1)) }
}

export type Planned = {
  readonly territory: TerritoryRow
  readonly entity: FieldEntity
  readonly fieldId: string
  readonly plan: Extract<PublishPlan, { ok: true }>
  readonly previous: FieldDefinition | null
}

/** Carries out a plan that was accepted, and notes it; publications must be locked since it was made. */
export async function publishPlanned(
  sdb: ScopedDb,
  { territory, entity, fieldId, plan, previous }: Planned,
  newId: () => string,
): Promise<Published> {
  const { key, version, slot, spec } = plan
  if (previous) await publishVersion(sdb, { fieldId, version, spec })
  else await insertDefinition(sdb, { fieldId, territoryId: territory.id, entity, key, slot, version, spec })
  await writeAudit(sdb, {
    id: newId(),
    action: 'field.publish',
    subjectId: fieldId,
    detail: { key, version, territoryId: territory.id, slot, changes: changesOf(ownersSpec(previous), spec) },
  })
  return { fieldId, key, version }
}

/** Without the items of its list, and the answers that levels below added for themselves: they are no part of any version of it. */
export const ownersSpec = (definition: FieldDefinition | null): FieldSpec | null =>
  definition && {
    ...definition.spec,
    options: definition.spec.options.filter(isOwners),
  }

async function findPrevious(
  sdb: ScopedDb,
  request: PublishRequest,
  territory: TerritoryRow,
): Promise<FieldDefinition | null> {
  if (request.fieldId === null) return null
  const { definition } = await findField(sdb, request.fieldId)
  if (definition.territoryId !== territory.id) throw new FieldbackError('NOT_FOUND', { what: 'field' })
  if (definition.version !== request.baseVersion)
    throw new FieldbackError('CONFLICT', { version: definition.version })
  return definition
}

/** A question with the right to change it. NOT_FOUND, FORBIDDEN. */
export async function requireField(sdb: ScopedDb, fieldId: string): Promise<OwnedField> {
  const field = await findField(sdb, fieldId)
  const verdict = verdictAt(sdb.scope, 'field.define', field.owner)
  if (!verdict.allowed)
    throw new FieldbackError('FORBIDDEN', { reason: verdict.reason, permission: 'field.define' })
  return field
}

/** Stops asking a question; its answers stay, under the label of then. */
export async function retire(
  sdb: ScopedDb,
  fieldId: string,
  runtime: { readonly now: () => Date; readonly newId: () => string },
): Promise<void> {
  const { definition } = await requireField(sdb, fieldId)
  if (definition.retired) return
  await setRetired(sdb, fieldId, runtime.now())
  await writeAudit(sdb, {
    id: runtime.newId(),
    action: 'field.retire',
    subjectId: fieldId,
    detail: { key: definition.key, territoryId: definition.territoryId, changes: askedChange(false) },
  })
}

/** Asks a retired question again, if its key is still free, one of its returns still works, and no other replaces it. */
export async function restore(sdb: ScopedDb, fieldId: string, newId: () => string): Promise<void> {
  const { definition, owner } = await requireField(sdb, fieldId)
  if (!definition.retired) return
  await lockPublications(sdb)
  const promoted = await replacedBy(sdb, fieldId)
  if (promoted) throw new FieldbackError('FIELD_PROMOTED', { question: promoted.label.fr })
  await refuseTaken(sdb, { definition, owner })
  const { entity, spec } = definition
  const { plan } = await planAt(sdb, owner, { entity, spec, previous: { ...definition, retired: false } })
  if (!plan.ok) throw new FieldbackError(plan.code, plan.params)
  await askAgain(sdb, definition, newId)
}

/** Asks a question that was retired with a change of the tree as it was asked before. FIELD_KEY_TAKEN. */
export async function restoreAsBefore(sdb: ScopedDb, fieldId: string, newId: () => string): Promise<void> {
  const field = await requireField(sdb, fieldId)
  if (!field.definition.retired) return
  await refuseTaken(sdb, field)
  await askAgain(sdb, field.definition, newId)
}

async function refuseTaken(sdb: ScopedDb, { definition, owner }: OwnedField): Promise<void> {
  const { entity, spec } = definition
  const holders = await keyHolders(sdb, owner.path, entity)
  const words = keyOf(spec.label.fr)
  const taken = holders.find(
    ({ key, label, retired }) => !retired && (key === definition.key || keyOf(label) === words),
  )
  if (taken) throw new FieldbackError('FIELD_KEY_TAKEN', { key: taken.key, territory: taken.territoryName })
}

async function askAgain(sdb: ScopedDb, definition: FieldDefinition, newId: () => string): Promise<void> {
  await setRetired(sdb, definition.id, null)
  await writeAudit(sdb, {
    id: newId(),
    action: 'field.restore',
    subjectId: definition.id,
    detail: { key: definition.key, territoryId: definition.territoryId, changes: askedChange(true) },
  })
}
