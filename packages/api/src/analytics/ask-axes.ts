import { lineMoves } from '@fieldback/db/analytics/fold.repo'
import { findCoded, findLevel, type OwnedField, type PlaceRow } from '@fieldback/db/analytics/place.repo'
import type { ScopedSql } from '@fieldback/db/scoped-db'
import { bucketLabelParts, sortBuckets, UNKNOWN } from '@fieldback/domain/analytics/bucket'
import type { Axis, Findings, NamedField, PlaceRef } from '@fieldback/domain/analytics/findings'
import { groupBy } from '@fieldback/domain/analytics/group-by'
import { daysOf, monthsOf } from '@fieldback/domain/analytics/period'
import { ANSWERS_MAX, type Question, TERRITORIES_MAX } from '@fieldback/domain/analytics/question'
import type { PickedCell } from '@fieldback/domain/analytics/select-cells'
import type { AxisKeys } from '@fieldback/domain/analytics/tell-rows'
import { FieldbackError } from '@fieldback/domain/errors'
import type { TerritoryRow } from '@fieldback/domain/sync/pull'
import { isWithin, type Path } from '@fieldback/domain/territory/path'
import { linesOf } from '@fieldback/domain/territory/path-then'
import { childrenOf } from './children-of.ts'
import { placeRef } from './figure.ts'
import { countedField } from './place.ts'

type Cut = Findings['cut'][number]

type Place = PlaceRow & Pick<PlaceRef, 'elsewhere' | 'departments'>
type Rows = { readonly places: readonly Place[]; readonly of: number; readonly part: readonly PlaceRef[] }

/**
 * Rows by territory: those just below, as organised then those of the days, or of a level of today's tree; none where rows
 * are by something else.
 */
export async function findRows(sdb: ScopedSql, territory: TerritoryRow, question: Question): Promise<Rows> {
  const rows = await rowsOf(sdb, territory, question)
  if (!rows.places.some(({ rank }) => rank === REGION)) return rows
  const below = await departmentsBelow(sdb, territory, question)
  return { ...rows, places: rows.places.map((place) => ({ ...place, departments: below(place.id) })) }
}

async function rowsOf(
  sdb: ScopedSql,
  territory: TerritoryRow,
  { split, basis, period }: Question,
): Promise<Rows> {
  const axis = split.find(({ by }) => by === 'territory')
  if (axis?.by !== 'territory') return { places: [], of: 0, part: [] }
  if (axis.rank === null) {
    const days = daysOf(period, sdb.scope.day)
    const { children, part } = await childrenOf(sdb, territory.id, { basis, days, before: days })
    return { places: children.slice(0, TERRITORIES_MAX), of: children.length, part }
  }
  if (axis.rank <= territory.rank) throw new FieldbackError('INVALID_INPUT', { path: ['split'] })
  const level = await findLevel(sdb, { branch: territory.path, rank: axis.rank, limit: TERRITORIES_MAX })
  return { ...level, part: [] }
}

/** Ranks of what a map draws. */
const [REGION, DEPARTMENT] = [1, 2]

/** Codes of the departments below a region: what it is drawn of where no region of France has its outline. */
async function departmentsBelow(
  sdb: ScopedSql,
  { path }: TerritoryRow,
  { basis, period }: Question,
): Promise<(regionId: string) => string[]> {
  const coded = await findCoded(sdb, { branch: path, rank: DEPARTMENT, limit: TERRITORIES_MAX })
  const { to } = daysOf(period, sdb.scope.day)
  const moves = basis === 'then' ? await lineMoves(sdb.tx, sdb.scope.orgId, to) : []
  const lineOf = linesOf(new Map(coded.map(({ id, path: at }) => [id, at])), moves)
  const below = groupBy(coded, ({ id }) => lineOf(id, to).at(REGION) ?? '')
  return (regionId) => (below.get(regionId) ?? []).map(({ code }) => code)
}

export function namedField(owned: OwnedField): NamedField {
  const { id, label, entity, type, concept, retired } = countedField(owned)
  const { currency, unit } = owned.field.spec
  return { id, label, entity, type, concept, retired, unit: currency ?? unit ?? null }
}

/** Whether some account of a branch may be asked what a territory owns. */
const meets = (branch: Path, owner: Path): boolean => isWithin(owner, branch) || isWithin(branch, owner)

/** The axes of an answer, and what was left off them. `cells`: what was counted, for the answers that were given. */
export function axesOf(
  { split, period }: Question,
  {
    rows,
    owned,
    cells,
  }: {
    readonly rows: Pick<Rows, 'places' | 'of'>
    readonly owned: ReadonlyMap<string, OwnedField>
    readonly cells: readonly PickedCell[]
  },
): { readonly axes: Axis[]; readonly keys: AxisKeys[]; readonly cut: Cut[] } {
  const cut: Cut[] =
    rows.of > rows.places.length ? [{ what: 'territories', shown: rows.places.length, of: rows.of }] : []
  const axes = split.map((one): Axis => {
    if (one.by === 'month') return { by: 'month', months: monthsOf(period) }
    if (one.by === 'territory')
      return { by: 'territory', places: placesThere(rows.places, owned, cells).map(namedPlace) }
    const field = owned.get(one.fieldId)
    if (!field) throw new FieldbackError('NOT_FOUND', { what: 'field' })
    const { buckets, of } = answersThere(field, cells)
    if (of > buckets.length) cut.push({ what: 'answers', shown: buckets.length, of })
    return {
      by: 'answer',
      field: namedField(field),
      answers: buckets.map((bucket) => ({ bucket, label: bucketLabelParts(field.field.spec, bucket) })),
    }
  })
  return { axes, keys: axes.map(keysOf), cut }
}

const keysOf = (axis: Axis): AxisKeys => {
  if (axis.by === 'month') return { by: 'month', count: axis.months.length }
  return axis.by === 'territory'
    ? { by: 'territory', keys: axis.places.map(({ id }) => id) }
    : { by: 'answer', keys: axis.answers.map(({ bucket }) => bucket) }
}

const namedPlace = ({ elsewhere, departments, ...place }: Place): PlaceRef => ({
  ...placeRef(place),
  ...(elsewhere && { elsewhere }),
  ...(departments && { departments }),
})

/** Territories with a case, and open ones where the questions may be asked. */
function placesThere(
  places: readonly Place[],
  owned: ReadonlyMap<string, OwnedField>,
  cells: readonly PickedCell[],
): Place[] {
  const counted = new Set(cells.flatMap(({ territoryId, n }) => (n > 0 ? [territoryId] : [])))
  const owners = [...owned.values()].map(({ owner }) => owner.path)
  return places.filter(
    ({ id, path, closed }) => counted.has(id) || (!closed && owners.every((owner) => meets(path, owner))),
  )
}

/** Answers that are offered or were given, in reading order; where there are many, those given most. */
function answersThere(
  owned: OwnedField,
  cells: readonly PickedCell[],
): { readonly buckets: string[]; readonly of: number } {
  const given = new Map<string, number>()
  for (const { answer, n } of cells) if (answer !== null) given.set(answer, (given.get(answer) ?? 0) + n)
  const offered = countedField(owned).answers.flatMap(({ bucket, label }) =>
    label.kind === 'option' && label.retired ? [] : [bucket],
  )
  const there = [...given].flatMap(([bucket, n]) => (n > 0 ? [bucket] : []))
  const all = sortBuckets(owned.field.spec, [...new Set([...offered, ...there])])
  if (all.length <= ANSWERS_MAX) return { buckets: all, of: all.length }
  const most = new Set(
    all
      .filter((bucket) => bucket !== UNKNOWN)
      .toSorted((a, b) => (given.get(b) ?? 0) - (given.get(a) ?? 0))
      .slice(0, ANSWERS_MAX - 1),
  )
  const buckets = all.filter((bucket) => most.has(bucket) || bucket === UNKNOWN)
  return { buckets, of: all.length }
}
