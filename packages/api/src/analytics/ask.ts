import { countPeople } from '@fieldback/db/analytics/analytics.repo'
import { countPeopleByMonth } from '@fieldback/db/analytics/ask.repo'
import type { OwnedField } from '@fieldback/db/analytics/place.repo'
import { countingOf } from '@fieldback/db/field/change-count.repo'
import { requireTerritory, type ScopedSql } from '@fieldback/db/scoped-db'
import { isNumber } from '@fieldback/domain/analytics/bucket'
import type { Findings } from '@fieldback/domain/analytics/findings'
import {
  type DayRange,
  daysBefore,
  daysOf,
  monthsOf,
  type Period,
  periodBefore,
  yearBefore,
} from '@fieldback/domain/analytics/period'
import { fieldsNamed, type Question } from '@fieldback/domain/analytics/question'
import { answeredId, measuredId, type PickedCell } from '@fieldback/domain/analytics/select-cells'
import { methodOf } from '@fieldback/domain/analytics/tell-figure'
import { type Side, tellRows } from '@fieldback/domain/analytics/tell-rows'
import { countedOf, wayOf, wholeOf } from '@fieldback/domain/analytics/way'
import { FieldbackError } from '@fieldback/domain/errors'
import type { TerritoryRow } from '@fieldback/domain/sync/pull'
import { isWithin } from '@fieldback/domain/territory/path'
import { countingFrom } from '../field/counting.ts'
import { axesOf, findRows, namedField } from './ask-axes.ts'
import { type Fields, type Found, type Keep, readReports } from './ask-counts.ts'
import { askEntry } from './ask-entry.ts'
import { readCounted } from './ask-source.ts'
import { placesOf } from './figure.ts'
import { type Kept, keptFor, reachesBeyond, toldKept, toldOf } from './kept.ts'
import { requireCountedField } from './place.ts'
import { tooFew, tooFewToCompare } from './reference.ts'

/**
 * Answers one question to the figures, for a branch where the reader may read them. INVALID_INPUT where the questions named do not go
 * together or are not of a kind that has the measure; NOT_FOUND for one that is not counted there; FORBIDDEN.
 */
export async function ask(sdb: ScopedSql, question: Question, keep: Keep): Promise<Findings> {
  const [territory, other] = await Promise.all([
    requireTerritory(sdb, 'analytics.read', question.territoryId),
    question.compare?.with === 'territory'
      ? requireTerritory(sdb, 'analytics.read', question.compare.territoryId)
      : null,
  ])
  const [rows, owned] = await Promise.all([
    findRows(sdb, territory, question),
    findNamed(sdb, territory, question),
  ])
  refuseMisfits(question, [...owned.values()])
  const measured = owned.get(measuredId(question) ?? '')
  if (question.measure.of === 'entry' && measured) return askEntry(sdb, question, measured)
  const kept = await keptFor(sdb, wayOf(countedOf(question), fieldsOf(owned)))
  const context: Context = { sdb, question, owned, keep, kept, rowIds: rows.places.map(({ id }) => id) }
  const then = comparedWith(question, sdb.scope.day, kept)
  const alone = other ? await smallOf(context, [territory, other]) : null
  const [here, there] = [
    sideAt(kept, { territory, asked: question.period, days: null }),
    then && !alone
      ? sideAt(kept, { territory: other ?? territory, asked: then.period, days: then.days })
      : null,
  ]
  const peopleOver = await countAround(context, there ? [here, there] : [here])
  const [now, before, counting] = await Promise.all([
    readSide(context, { ...here, peopleOver }),
    there && readSide(context, { ...there, peopleOver }),
    Promise.all([...owned.keys()].map((id) => countingOf(sdb, id))),
  ])
  const { axes, keys, cut } = axesOf(question, { rows, owned, cells: now.side.cells })
  const spec = measured?.field.spec ?? null
  const told = tellRows({ question, spec, axes: keys, now: now.side, before: before?.side ?? null })
  const [place, comparedPlace = null] = await placesOf(sdb, [territory.id, ...(other ? [other.id] : [])])
  if (!place) throw new FieldbackError('NOT_FOUND', { what: 'territory' })
  const partial = counting.find((one) => one !== null)
  return {
    measured: measured ? namedField(measured) : null,
    filters: question.filters.flatMap(({ fieldId }) => owned.get(fieldId) ?? []).map(namedField),
    place,
    comparedPlace,
    axes,
    ...told,
    direct: directOf(question, told),
    part: rows.part,
    method: methodOf(question.measure, everyOf(now.found)),
    days: daysOf(question.period, sdb.scope.day),
    comparedDays: then?.told ?? null,
    alone,
    prepared: now.found.prepared,
    source: now.found.source,
    counting: partial ? countingFrom(partial) : null,
    kept: toldKept(kept, [question.period, then?.period ?? null]),
    cut,
  }
}

async function findNamed(
  sdb: ScopedSql,
  territory: TerritoryRow,
  question: Question,
): Promise<Map<string, OwnedField>> {
  const ids = fieldsNamed(question)
  const owned = await Promise.all(ids.map((id) => requireCountedField(sdb, territory, id)))
  return new Map(owned.map((one) => [one.field.id, one]))
}

/** What accounts and contacts hold has no past, no outcome and nobody who was asked. */
function refuseMisfits(question: Question, owned: readonly OwnedField[]): void {
  const { measure, split, outcomes, kind, compare } = question
  const refuse = (...path: string[]) => {
    throw new FieldbackError('INVALID_INPUT', { path })
  }
  const entities = new Set(owned.map(({ field }) => field.entity))
  if (entities.size > 1) refuse('filters')
  const measured = owned.find(({ field }) => field.id === measuredId(question))
  const ofNumber = measure.of === 'mean' || measure.of === 'sum' || measure.of === 'median'
  if (ofNumber && measured && !isNumber(measured.field.spec.type)) refuse('measure')
  if (entities.has('report') || owned.length === 0) return
  if (measure.of === 'outcome' || measure.of === 'fill') refuse('measure')
  if (split.some(({ by }) => by === 'month')) refuse('split')
  if (outcomes.length > 0 || kind !== null) refuse('outcomes')
  if (compare !== null && compare.with !== 'territory') refuse('compare')
}

type Then = { readonly period: Period; readonly days: DayRange | null; readonly told: DayRange }

/**
 * The months that a question compares with; `days`: where they are not to be read whole, which reports alone can be. Null too where
 * it cannot be told of all of them.
 */
function comparedWith(question: Question, today: string, kept: Kept): Then | null {
  const { compare, period } = question
  if (compare === null) return null
  if (compare.with === 'territory') return { period, days: null, told: daysOf(period, today) }
  const before = compare.with === 'previous' ? periodBefore(period) : yearBefore(period)
  if (kept.crossed && reachesBeyond(kept, before)) return null
  const days = daysBefore(period, today, before)
  const whole = daysOf(before, today)
  if (days.to === whole.to || fieldsNamed(question).length > 0)
    return { period: before, days: null, told: whole }
  return { period: before, days, told: days }
}

/** Of two that lie beside each other, neither is the whole of which the other is a part: both may be the reader's own. */
async function smallOf({ sdb, question, kept }: Context, places: readonly [TerritoryRow, TerritoryRow]) {
  const [a, b] = places
  const judge = isWithin(a.path, b.path) || isWithin(b.path, a.path) ? tooFewToCompare : tooFew
  const over = { basis: question.basis, period: toldOf(kept, question.period) ?? question.period }
  const verdicts = await Promise.all(places.map((place) => judge(sdb, place, over)))
  return verdicts.find((verdict) => verdict !== null) ?? null
}

type Context = {
  readonly sdb: ScopedSql
  readonly question: Question
  readonly owned: ReadonlyMap<string, OwnedField>
  readonly rowIds: readonly string[]
  readonly keep: Keep
  readonly kept: Kept
}

const fieldsOf = (owned: Context['owned']): Fields =>
  new Map([...owned].map(([id, { field }]) => [id, field]))

const everyOf = ({ source }: Found): number => (source.from === 'rows' ? source.every : 1)

type AskedAt = { readonly territory: TerritoryRow; readonly asked: Period; readonly days: DayRange | null }
/** `period`: what can be told of the one asked; null: nothing. */
type SideAt = AskedAt & { readonly period: Period | null }
type PeopleOver = (territoryId: string, period: Period) => number

const sideAt = (kept: Kept, at: AskedAt): SideAt => ({ ...at, period: toldOf(kept, at.asked) })

/**
 * People of all sides, read at once. Over what can be told of each: five over the whole period may be one in what is left
 * of it.
 */
async function countAround(
  { sdb, question: { basis }, rowIds }: Context,
  sides: readonly SideAt[],
): Promise<PeopleOver> {
  const [period, before] = sides.flatMap((side) => side.period ?? [])
  if (!period) return () => 0
  const territoryIds = [...new Set([...sides.map(({ territory }) => territory.id), ...rowIds])]
  const counts = await countPeople(sdb, { basis, period, before: before ?? null, territoryIds })
  return (id, { from }) => (from === period.from ? counts(id).people : counts(id).before)
}

/** All that is counted in one period: the rows, and the whole where rows by another question's answers do not add up to it. */
async function readSide(
  { sdb, question, owned, rowIds, keep }: Context,
  { territory, asked, period, days, peopleOver }: SideAt & { readonly peopleOver: PeopleOver },
): Promise<{ readonly side: Side; readonly found: Found }> {
  if (period === null) return { side: nothingAt(territory, asked), found: NOTHING }
  const { basis, split, compare } = question
  const territoryId = territory.id
  const counted = countedOf(question)
  const fields = fieldsOf(owned)
  const beside = compare?.with === 'territory' && territoryId !== question.territoryId
  const territoryIds = beside ? [territoryId] : [territoryId, ...rowIds]
  const byMonth = split.some(({ by }) => by === 'month')
  const where = { basis, period, territoryIds, byMonth, territory }
  const another = answeredId(question) !== null && answeredId(question) !== measuredId(question)
  const alone = { ...where, territoryIds: [territoryId] }
  const [found, whole, byMonths] = await Promise.all([
    days ? reportsOf(sdb, counted, { where, days }) : readCounted(sdb, counted, { fields, where, keep }),
    another ? readCounted(sdb, wholeOf(counted), { fields, where: alone, keep }) : null,
    byMonth ? countPeopleByMonth(sdb, where) : null,
  ])
  const stock = [...fields.values()].some(({ entity }) => entity !== 'report')
  return {
    found,
    side: {
      territoryId,
      months: monthsOf(asked),
      cells: found.cells,
      whole: whole?.cells ?? found.cells,
      every: { rows: everyOf(found), whole: everyOf(whole ?? found) },
      peopleAt: (id, month) => {
        if (stock) return null
        return month !== null && byMonths ? byMonths(id, month) : peopleOver(id, period)
      },
    },
  }
}

const NOTHING: Found = { cells: [], prepared: { state: 'one' }, source: { from: 'counts' } }
const nothingAt = ({ id }: TerritoryRow, period: Period): Side => ({
  territoryId: id,
  months: monthsOf(period),
  cells: [],
  whole: [],
  every: { rows: 1, whole: 1 },
  peopleAt: () => 0,
})

async function reportsOf(...[sdb, counted, at]: Parameters<typeof readReports>): Promise<Found> {
  const cells: PickedCell[] = await readReports(sdb, counted, at)
  return { cells, prepared: { state: 'one' }, source: { from: 'counts' } }
}

/** What accounts at the territory itself bring, in none of those just below. */
function directOf({ split }: Question, { rows, total }: Pick<Findings, 'rows' | 'total'>): number | null {
  const [axis] = split
  if (split.length !== 1 || axis?.by !== 'territory' || axis.rank !== null) return null
  if (rows.some(({ now }) => now.hidden !== null && now.n === 0)) return null
  return Math.max(0, total.now.n - rows.reduce((sum, { now }) => sum + now.n, 0))
}
