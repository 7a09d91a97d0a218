import {
  analysedRoots,
  findChildren,
  findCountedFields,
  findLevelNames,
  findPlaces,
  type OwnedField,
} from '@fieldback/db/analytics/place.repo'
import { requireTerritory, type ScopedSql } from '@fieldback/db/scoped-db'
import { verdictAt } from '@fieldback/domain/access/scope'
import { type BucketLabel, bucketLabelParts } from '@fieldback/domain/analytics/bucket'
import type { PlaceRef } from '@fieldback/domain/analytics/findings'
import { FieldbackError } from '@fieldback/domain/errors'
import type { FieldEntity, FieldType, Localised } from '@fieldback/domain/field/field-spec'
import type { TerritoryRow } from '@fieldback/domain/sync/pull'
import { pathIds } from '@fieldback/domain/territory/path'
import { placeRef } from './figure.ts'

export type Place = {
  readonly place: PlaceRef
  /** From the root to the place; `open` where the reader may read figures. */
  readonly line: readonly (PlaceRef & { readonly open: boolean })[]
  /** Territories just below, open ones. */
  readonly children: number
  /** The reader's branches: where he may begin. */
  readonly roots: readonly PlaceRef[]
  /** By rank. */
  readonly levelNames: readonly Localised[]
}

/** A territory with its path; without an id, the first of the reader's branches. */
export async function place(sdb: ScopedSql, territoryId: string | null): Promise<Place> {
  const roots = analysedRoots(sdb)
  const wanted = territoryId ?? roots[0]
  if (wanted === undefined) throw new FieldbackError('NOT_FOUND', { what: 'territory' })
  const [territory, children, levelNames] = await Promise.all([
    requireTerritory(sdb, 'analytics.read', wanted),
    findChildren(sdb, wanted),
    findLevelNames(sdb),
  ])
  const ids = pathIds(territory.path)
  const places = await findPlaces(sdb, [...ids, ...roots])
  const byId = new Map(places.map((row) => [row.id, row]))
  const line = ids.flatMap((id) => byId.get(id) ?? [])
  const at = line.at(-1)
  if (!at) throw new FieldbackError('NOT_FOUND', { what: 'territory' })
  return {
    place: placeRef(at),
    line: line.map((row) => ({
      ...placeRef(row),
      open: verdictAt(sdb.scope, 'analytics.read', row.path).allowed,
    })),
    children: children.filter(({ closed }) => !closed).length,
    roots: roots.flatMap((id) => byId.get(id) ?? []).map(placeRef),
    levelNames,
  }
}

/** A field that can be counted, with what can be counted of it. */
export type CountedField = {
  readonly id: string
  readonly key: string
  readonly label: Localised
  readonly entity: FieldEntity
  readonly type: FieldType
  readonly retired: boolean
  /** Counted in common of questions of several branches. */
  readonly concept: boolean
  readonly owner: PlaceRef
  /** Answers that are offered; none for numbers, dates and lists, whose bins and items come with the answers. */
  readonly answers: readonly { readonly bucket: string; readonly label: BucketLabel }[]
}

/** What may be counted at a territory: fields asked there, and those asked below. */
export async function countedFields(sdb: ScopedSql, territoryId: string): Promise<CountedField[]> {
  const territory = await requireTerritory(sdb, 'analytics.read', territoryId)
  return (await findCountedFields(sdb, territory.path)).map(countedField)
}

export function countedField({ field, owner, concept = false }: OwnedField): CountedField {
  const { spec } = field
  const buckets =
    spec.type === 'yes_no' ? ['true', 'false'] : spec.options.filter(({ item }) => !item).map(({ id }) => id)
  return {
    id: field.id,
    key: field.key,
    label: spec.label,
    entity: field.entity,
    type: spec.type,
    retired: field.retired,
    concept,
    owner: placeRef(owner),
    answers: buckets.map((bucket) => ({ bucket, label: bucketLabelParts(spec, bucket) })),
  }
}

/** A counted field of a territory; NOT_FOUND when it is not one there, whatever it is elsewhere. */
export async function requireCountedField(
  sdb: ScopedSql,
  territory: TerritoryRow,
  fieldId: string,
): Promise<OwnedField> {
  const [found] = await findCountedFields(sdb, territory.path, fieldId)
  if (!found) throw new FieldbackError('NOT_FOUND', { what: 'field' })
  return found
}
