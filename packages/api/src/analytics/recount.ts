import {
  type CountedCard,
  type CountedReport,
  cardsAfter,
  everyVersion,
  fieldsWithCells,
  keptCells,
  keptReports,
  keptStocks,
  reportsAround,
  reportsOfMonth,
  waitingFacts,
} from '@fieldback/db/analytics/recount.repo'
import { conversionsOf } from '@fieldback/db/field/conversion.repo'
import type { OrgSql } from '@fieldback/db/org-sql'
import type { Balance, Counted } from '@fieldback/domain/analytics/drift'
import type { RollupFact } from '@fieldback/domain/analytics/fact'
import { type Counting, reportFact } from '@fieldback/domain/analytics/report-fact'
import { stockFact } from '@fieldback/domain/analytics/stock-fact'
import { countingPlace } from '@fieldback/domain/field/conversion'
import { definitionsAt } from '@fieldback/domain/field/definition-at'
import { countFacts } from './fold.job.ts'

/** Documents and facts read at a time. */
const A_PAGE = 2_000
/** Cells of so many questions at a time: of a country each has thousands in a month. */
const FIELDS_A_TIME = 10

/** A month (YYYY-MM-01) of reports, or what accounts and contacts hold. */
export type Unit = string
export const STOCKS: Unit = 'stocks'

/** An organisation at one instant: everything here is to be read in one snapshot, or it does not add up. */
export type Recount = {
  readonly tx: OrgSql
  readonly orgId: string
  readonly counting: Omit<Counting, 'place'>
}

export async function openRecount(tx: OrgSql, orgId: string): Promise<Recount> {
  const definitionOf = definitionsAt(await everyVersion(tx, orgId))
  const conversions = await conversionsOf(tx, orgId)
  return { tx, orgId, counting: { definitionOf, conversions } }
}

const placed = ({ counting }: Recount, id: string, territoryId: string): Counting => ({
  ...counting,
  place: countingPlace({ id, territoryId }),
})

/** What reports say, in rows of the roll-ups. */
function countReports(recount: Recount, reports: readonly CountedReport[]): Promise<Counted> {
  const facts = reports
    .map((report) => reportFact(1, report, placed(recount, report.accountId, report.todayAt)))
    .filter((fact) => fact !== null)
  return countFacts(recount.tx, recount.orgId, facts)
}

/** What accounts and their contacts hold, in rows of the stocks. */
function countCards(recount: Recount, accounts: readonly CountedCard[]): Promise<Counted> {
  const facts = accounts.flatMap(({ accountId, territoryId, cards }) =>
    cards.map((card) =>
      stockFact(1, { ...card, territory: territoryId }, placed(recount, accountId, territoryId)),
    ),
  )
  return countFacts(
    recount.tx,
    recount.orgId,
    facts.filter((fact) => fact !== null),
  )
}

/** Counts all documents of a unit, a page at a time. */
export async function addDocuments(recount: Recount, unit: Unit, to: Balance): Promise<void> {
  const { tx, orgId } = recount
  if (unit === STOCKS) {
    let after: string | null = null
    for (;;) {
      const accounts: CountedCard[] = await cardsAfter(tx, orgId, { after, limit: A_PAGE })
      to.add(await countCards(recount, accounts), 1)
      if (accounts.length < A_PAGE) return
      after = accounts.at(-1)?.accountId ?? null
    }
  }
  let after: CountedReport | null = null
  for (;;) {
    const reports: CountedReport[] = await reportsOfMonth(tx, orgId, { month: unit, after, limit: A_PAGE })
    to.add(await countReports(recount, reports), 1)
    if (reports.length < A_PAGE) return
    after = reports.at(-1) ?? null
  }
}

type Homes = {
  readonly unit: Unit
  readonly homes: readonly string[]
  readonly most: number
  /** Reports alone whose account is there now, not those that were filed there. */
  readonly today?: boolean
}

/** What documents of some homes say in a unit; null: they are more than `most`. */
export async function countHomes(
  recount: Recount,
  { unit, homes, most, today = false }: Homes,
): Promise<Counted | null> {
  const { tx, orgId } = recount
  if (unit === STOCKS) {
    const accounts = await cardsAfter(tx, orgId, { after: null, homes, limit: most + 1 })
    return accounts.length > most ? null : countCards(recount, accounts)
  }
  const reports = await reportsAround(tx, orgId, { homes, month: unit, most })
  return (
    reports &&
    countReports(recount, today ? reports.filter(({ todayAt }) => homes.includes(todayAt)) : reports)
  )
}

/** Hands over what the roll-ups say of some territories in a unit, a part at a time, then what waits for them. */
export async function eachKept(
  recount: Recount,
  { unit, places }: { readonly unit: Unit; readonly places: readonly string[] },
  give: (counted: Partial<Counted>) => void,
): Promise<void> {
  const { tx, orgId } = recount
  const ids = await fieldsWithCells(tx, orgId, unit === STOCKS ? 'stock_cell' : 'rollup_cell')
  for (let at = 0; at < ids.length; at += FIELDS_A_TIME) {
    const some = ids.slice(at, at + FIELDS_A_TIME)
    if (unit === STOCKS) give(await keptStocks(tx, orgId, { fields: some, places }))
    else give(await keptCells(tx, orgId, { fields: some, places, month: unit }))
  }
  if (unit !== STOCKS) give(await keptReports(tx, orgId, { places, month: unit }))
  let after: string | null = '0'
  while (after !== null) {
    const { facts, last }: Awaited<ReturnType<typeof waitingFacts>> = await waitingFacts(tx, orgId, {
      after,
      limit: A_PAGE,
    })
    give(await countFacts(tx, orgId, facts.filter(isOf(unit))))
    after = last
  }
}

const isOf =
  (unit: Unit) =>
  (fact: RollupFact): boolean =>
    unit === STOCKS ? fact.of === 'stock' : fact.of === 'report' && fact.day.startsWith(unit.slice(0, 7))
