import { type Branch, branchesFacts } from '@fieldback/db/field/branch-facts.repo'
import { findField, keyHolders, type OwnedField, usedSlots } from '@fieldback/db/field/field.repo'
import { itemsAt } from '@fieldback/db/list/list.repo'
import { requireTerritory, type ScopedDb } from '@fieldback/db/scoped-db'
import { FieldbackError } from '@fieldback/domain/errors'
import type { FieldDefinition, FieldEntity, FieldSpec } from '@fieldback/domain/field/field-spec'
import type { AnswerMap } from '@fieldback/domain/field/merges'
import {
  type PromotedSource,
  type PromotionVerdict,
  planPromotion,
} from '@fieldback/domain/field/plan-promotion'
import { tidySpec } from '@fieldback/domain/field/plan-publish'
import type { TerritoryRow } from '@fieldback/domain/sync/pull'
import { isWithin } from '@fieldback/domain/territory/path'

export type PromotionRequest = {
  readonly territoryId: string
  readonly entity: FieldEntity
  readonly spec: FieldSpec
  readonly sources: readonly {
    readonly fieldId: string
    /** As it was seen. */
    readonly version: number
    readonly map: AnswerMap | null
  }[]
  readonly acceptLooser: boolean
}

export type LoadedPromotion = {
  readonly question: Pick<FieldDefinition, 'entity' | 'spec'>
  readonly territory: TerritoryRow
  readonly branch: Branch
  readonly sources: readonly (PromotedSource & { readonly owned: OwnedField; readonly branch: Branch })[]
  readonly verdict: PromotionVerdict
  /** The same with what becomes less strict accepted. */
  readonly accepted: PromotionVerdict
}

/** All that a promotion is judged on, and the verdict. NOT_FOUND, FORBIDDEN, CONFLICT. */
export async function loadPromotion(sdb: ScopedDb, request: PromotionRequest): Promise<LoadedPromotion> {
  const { entity, spec, acceptLooser } = request
  const territory = await requireTerritory(sdb, 'field.define', request.territoryId)
  const found: Pick<LoadedPromotion['sources'][number], 'owned' | 'map'>[] = []
  for (const { fieldId, version, map } of request.sources) {
    if (found.some(({ owned }) => owned.definition.id === fieldId)) continue
    const owned = await findField(sdb, fieldId)
    // What another branch asks is none of the reader's business, its name neither.
    if (!isWithin(territory.path, owned.owner.path)) throw new FieldbackError('NOT_FOUND', { what: 'field' })
    if (owned.definition.version !== version)
      throw new FieldbackError('CONFLICT', { version: owned.definition.version })
    found.push({ owned, map })
  }
  const facts = await branchesFacts(sdb, [territory, ...found.map(({ owned }) => owned.owner)])
  const factsOf = ({ id }: TerritoryRow): Branch => {
    const known = facts.get(id)
    if (!known) throw new Error('a branch whose facts were not read')
    return known
  }
  const branch = factsOf(territory)
  const sources = found.map(({ owned, map }) => {
    const { definition, owner } = owned
    return { owned, definition, owner, map, facts: factsOf(owner), branch: factsOf(owner) }
  })
  const items = spec.list === undefined ? undefined : await itemsAt(sdb, spec.list, territory.path)
  const input = {
    ...(items ? { items } : {}),
    territory,
    entity,
    spec,
    sources,
    holders: await keyHolders(sdb, territory.path, entity),
    slots: await usedSlots(sdb, territory.path, entity),
    facts: branch,
  }
  return {
    question: { entity, spec: tidySpec(entity, spec) },
    territory,
    branch,
    sources,
    verdict: planPromotion({ ...input, acceptLooser }),
    accepted: planPromotion({ ...input, acceptLooser: true }),
  }
}
