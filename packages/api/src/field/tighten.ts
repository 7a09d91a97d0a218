import { writeAudit } from '@fieldback/db/audit/audit.repo'
import { definitionsById, lockPublications } from '@fieldback/db/field/field.repo'
import { publishTightening } from '@fieldback/db/field/tightening.repo'
import { requireTerritory, type ScopedDb } from '@fieldback/db/scoped-db'
import { pathTerritories } from '@fieldback/db/territory/territory.repo'
import { verdictAt } from '@fieldback/domain/access/scope'
import { changesOf } from '@fieldback/domain/audit/changes'
import { FieldbackError } from '@fieldback/domain/errors'
import type { Tightening, TighteningSpec } from '@fieldback/domain/field/field-spec'
import { planTightening } from '@fieldback/domain/field/plan-tightening'
import { type EffectiveField, resolveFields } from '@fieldback/domain/field/resolve'
import { type ToldTouch, toldTouches } from '@fieldback/domain/field/told-touches'
import type { TerritoryRow } from '@fieldback/domain/sync/pull'

/** A question as a territory inherits it, what the levels above it and itself make of it, and its own word in full. */
export type Inherited = {
  readonly field: EffectiveField
  readonly own: Tightening | null
  readonly touches: readonly ToldTouch[]
  /** The reader may say something of it here. */
  readonly canDefine: boolean
}

/** NOT_FOUND when the question is not asked there; FORBIDDEN. */
export async function inheritedAt(
  sdb: ScopedDb,
  input: { readonly territoryId: string; readonly fieldId: string },
): Promise<Inherited> {
  return readInherited(sdb, await requireTerritory(sdb, 'field.read', input.territoryId), input.fieldId)
}

/**
 * Publishes what a level makes of a question that it inherits; earlier versions are never edited, and an empty one takes
 * back what was said. See planTightening for its codes; CONFLICT when somebody published in between.
 */
export async function tightenField(
  sdb: ScopedDb,
  request: {
    readonly territoryId: string
    readonly fieldId: string
    /** The level's own version that was seen; null when there was none. */
    readonly baseVersion: number | null
    readonly spec: TighteningSpec
  },
  newId: () => string,
): Promise<{ readonly version: number }> {
  const territory = await requireTerritory(sdb, 'field.define', request.territoryId)
  await lockPublications(sdb)
  const { field, own } = await readInherited(sdb, territory, request.fieldId)
  if ((own?.version ?? null) !== request.baseVersion)
    throw new FieldbackError('CONFLICT', { version: own?.version ?? 0 })
  const plan = planTightening({ inherited: field, territory, previous: own, spec: request.spec })
  if (!plan.ok) throw new FieldbackError(plan.code, plan.params)
  const { version, spec } = plan
  await publishTightening(sdb, {
    id: own?.id ?? newId(),
    fieldId: field.id,
    territoryId: territory.id,
    version,
    spec,
  })
  await writeAudit(sdb, {
    id: newId(),
    action: 'field.tighten',
    subjectId: field.id,
    detail: {
      key: field.key,
      version,
      territoryId: territory.id,
      changes: changesOf(own?.spec ?? null, spec, (id) => labelOf(field, id)),
    },
  })
  return { version }
}

const labelOf = ({ spec }: EffectiveField, optionId: string) =>
  spec.options.find(({ id }) => id === optionId)?.label ?? null

async function readInherited(sdb: ScopedDb, territory: TerritoryRow, fieldId: string): Promise<Inherited> {
  const path = await pathTerritories(sdb, territory.path)
  const [definition] = await definitionsById(sdb, [fieldId])
  if (!path.some(({ id }) => id === definition?.territoryId) || !definition)
    throw new FieldbackError('NOT_FOUND', { what: 'field' })
  const { tightenings = [] } = definition
  const above = tightenings.filter(({ territoryId }) => territoryId !== territory.id)
  const [field] = resolveFields(path, [{ ...definition, tightenings: above }], definition.entity)
  if (!field) throw new FieldbackError('NOT_FOUND', { what: 'field' })
  const nodes = path.map(({ id, name, rank }) => ({ id, name, rank }))
  const below = nodes.slice(1 + nodes.findIndex(({ id }) => id === field.owner.id))
  return {
    field,
    own: tightenings.find(({ territoryId }) => territoryId === territory.id) ?? null,
    touches: toldTouches(definition, field.owner, below),
    canDefine: verdictAt(sdb.scope, 'field.define', territory).allowed,
  }
}
