import {
  definitionsOf,
  findField,
  hangingWithin,
  type ItemsRead,
  type NamedField,
} from '@fieldback/db/field/field.repo'
import { requireTerritory, type ScopedDb } from '@fieldback/db/scoped-db'
import { pathTerritories } from '@fieldback/db/territory/territory.repo'
import { branchesWith, verdictAt } from '@fieldback/domain/access/scope'
import { FieldbackError } from '@fieldback/domain/errors'
import { FIELD_ENTITIES, type FieldDefinition } from '@fieldback/domain/field/field-spec'
import { referencesOf } from '@fieldback/domain/field/plan-references'
import { type EffectiveField, resolveFields } from '@fieldback/domain/field/resolve'
import { isWithin } from '@fieldback/domain/territory/path'
import type { Rank } from '@fieldback/domain/territory/rank'
import { requireField } from './publish.ts'

/** Everything really asked at a territory, of all three entities, in the order of the phone. */
export async function effective(
  sdb: ScopedDb,
  territoryId: string,
  items: ItemsRead = 'all',
): Promise<EffectiveField[]> {
  const territory = await requireTerritory(sdb, 'field.read', territoryId)
  const path = await pathTerritories(sdb, territory.path)
  const definitions = await definitionsOf(
    sdb,
    path.map((place) => place.id),
    items,
  )
  return FIELD_ENTITIES.flatMap((entity) => resolveFields(path, definitions, entity))
}

export type FieldPage = {
  readonly definition: FieldDefinition
  readonly owner: { readonly id: string; readonly name: string; readonly rank: Rank }
  readonly canDefine: boolean
}

/** One question: those of the reader's branches, and those asked there from above. NOT_FOUND, FORBIDDEN. */
export async function readField(sdb: ScopedDb, fieldId: string): Promise<FieldPage> {
  const { definition, owner } = await findField(sdb, fieldId)
  const near = branchesWith(sdb.scope, 'field.read').some(
    (branch) => isWithin(owner.path, branch) || isWithin(branch, owner.path),
  )
  if (!near) throw new FieldbackError('FORBIDDEN', { reason: 'outside_branch', permission: 'field.read' })
  return {
    definition,
    owner: { id: owner.id, name: owner.name, rank: owner.rank },
    canDefine: verdictAt(sdb.scope, 'field.define', owner).allowed,
  }
}

/** Questions asked, required or computed after the answers to one of the reader's own. NOT_FOUND, FORBIDDEN. */
export async function dependants(sdb: ScopedDb, fieldId: string): Promise<NamedField[]> {
  const { owner } = await requireField(sdb, fieldId)
  const hanging = await hangingWithin(sdb, owner.path)
  return hanging
    .filter(({ spec }) => referencesOf(spec).includes(fieldId))
    .map(({ spec: _, ...named }) => named)
}
