import { type Asker, askersAround } from '@fieldback/db/field/field.repo'
import { type FieldUsage, fieldUsage, NO_USAGE } from '@fieldback/db/field/usage.repo'
import type { ScopedDb } from '@fieldback/db/scoped-db'
import { addDays, monthStart } from '@fieldback/domain/agenda/day'
import { entryCost } from '@fieldback/domain/field/entry-seconds'
import type { TerritoryRow } from '@fieldback/domain/sync/pull'
import { isWithin, pathIds } from '@fieldback/domain/territory/path'

/** Questions and their seconds, of several owners. */
export type AskedTotal = { readonly questions: number; readonly seconds: number }

/** Owners below that are read when they are asked for (field.below); `after`: behind which. */
export type AskedRest = AskedTotal & { readonly owners: number; readonly after: string | null }

/** First day of last month: the ledger keeps months, so "lately" is this month and the one before. */
export const usageSince = (today: string): string => monthStart(addDays(monthStart(today), -1))

/** One who asks, with what answering it costs. */
export type OutlineLine = Asker & { readonly seconds: number }

export type Outline = {
  /** Shown whatever the size of the branch: those above, here, and on the way to where most is asked. */
  readonly near: readonly OutlineLine[]
  /** The others, from the top down: read page by page. */
  readonly queue: readonly OutlineLine[]
  /** Where most is asked, and who asks on the way to it, root first. */
  readonly longest: { readonly owner: TerritoryRow; readonly on: readonly OutlineLine[] }
  readonly usage: ReadonlyMap<string, FieldUsage>
}

/** Questions read at once of territories below: an owner's are never torn apart. */
export const QUESTIONS_A_PAGE = 150

/** Who asks around a territory, all of them, counted; the words of their questions are read apart. */
export async function readOutline(sdb: ScopedDb, territory: TerritoryRow): Promise<Outline> {
  const askers = await askersAround(sdb, territory.path)
  const ids = askers.flatMap(({ fields }) => fields.map(({ id }) => id))
  const usage = await fieldUsage(sdb, ids, usageSince(sdb.scope.day))
  const lines = askers.map((asker) => ({ ...asker, seconds: secondsOf(asker, usage) }))
  const longest = findLongest(lines, territory)
  const shown = new Set(longest.on.map(({ owner }) => owner.id))
  const isNear = ({ owner }: OutlineLine) =>
    owner.id === territory.id || !isWithin(territory.path, owner.path) || shown.has(owner.id)
  return {
    near: lines.filter(isNear),
    queue: lines.filter((line) => !isNear(line)),
    longest,
    usage,
  }
}

const secondsOf = ({ fields }: Asker, usage: ReadonlyMap<string, FieldUsage>): number =>
  fields.reduce((sum, { id, type }) => sum + entryCost({ type, ...(usage.get(id) ?? NO_USAGE) }).seconds, 0)

export const totalOf = (lines: readonly OutlineLine[]): AskedTotal => ({
  questions: lines.reduce((sum, { fields }) => sum + fields.length, 0),
  seconds: lines.reduce((sum, { seconds }) => sum + seconds, 0),
})

/** The next owners of a queue behind one of them (null: the first), and what is left behind these. */
export function nextPage(
  queue: readonly OutlineLine[],
  after: string | null,
): { readonly page: readonly OutlineLine[]; readonly rest: AskedRest } {
  const from = after === null ? 0 : queue.findIndex(({ owner }) => owner.id === after) + 1
  let to = from
  for (let count = 0; to < queue.length; to++) {
    count += queue[to]?.fields.length ?? 0
    if (to > from && count > QUESTIONS_A_PAGE) break
  }
  const left = queue.slice(to)
  const last = left.length > 0 ? (queue[to - 1]?.owner.id ?? null) : null
  return { page: queue.slice(from, to), rest: { owners: left.length, after: last, ...totalOf(left) } }
}

/** The place at or below a territory whose path asks for most seconds. */
function findLongest(lines: readonly OutlineLine[], territory: TerritoryRow): Outline['longest'] {
  const byId = new Map(lines.map((line) => [line.owner.id, line]))
  const on = ({ path }: TerritoryRow) => pathIds(path).flatMap((id) => byId.get(id) ?? [])
  const below = lines.filter(({ owner }) => isWithin(territory.path, owner.path))
  const places = [territory, ...below.map(({ owner }) => owner)].map((owner) => ({
    owner,
    seconds: totalOf(on(owner)).seconds,
  }))
  const first = { owner: territory, seconds: 0 }
  const { owner } = places.reduce((longest, one) => (one.seconds > longest.seconds ? one : longest), first)
  return { owner, on: on(owner) }
}
