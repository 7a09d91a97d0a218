import { type Day, dayNumber } from '../agenda/day.ts'
import type { Answers } from '../field/answer.ts'
import type { AccountRow, ContactRow, TerritoryRow } from '../sync/pull.ts'
import type { ObjectiveSegment, ObjectiveTerm, ToldObjective } from './objective.ts'

type Account = Pick<AccountRow, 'id' | 'territoryId' | 'kind' | 'lastVisitDay' | 'values'>
export type ObjectiveRows = {
  readonly territories: readonly Pick<TerritoryRow, 'id' | 'path'>[]
  readonly accounts: readonly Account[]
  readonly contacts: readonly Pick<ContactRow, 'accountId' | 'values'>[]
}

const says = (values: Answers, { fieldId, options }: NonNullable<ObjectiveSegment['answer']>): boolean => {
  const x = values[fieldId]?.x
  const given = Array.isArray(x) ? x : [x]
  return given.some((one) => options.includes(String(one)))
}

/** The accounts that an objective means, whenever they were seen. */
export function meantBy(
  { path, segment: { kind, answer } }: Pick<ToldObjective, 'path' | 'segment'>,
  { territories, accounts, contacts }: ObjectiveRows,
): Account[] {
  const homes = new Set(territories.filter((one) => one.path.startsWith(path)).map(({ id }) => id))
  const said =
    answer?.of === 'contact'
      ? new Set(contacts.filter(({ values }) => says(values, answer)).map(({ accountId }) => accountId))
      : null
  return accounts.filter(
    (account) =>
      homes.has(account.territoryId) &&
      (kind === null || account.kind === kind) &&
      (answer === null || (said ? said.has(account.id) : says(account.values, answer))),
  )
}

/** Whether a visit of that day, or none, leaves nothing to do today. */
export const isSeen = (
  { everyWeeks, fromDay }: ObjectiveTerm,
  lastVisitDay: Day | null,
  today: Day,
): boolean =>
  lastVisitDay !== null &&
  (everyWeeks === null
    ? lastVisitDay >= fromDay
    : dayNumber(today) - dayNumber(lastVisitDay) < everyWeeks * 7)

export const isLive = ({ fromDay, toDay }: ObjectiveTerm, today: Day): boolean =>
  fromDay <= today && today <= toDay

/**
 * The objective that wants each account seen today; of several the one that ends first. What somebody does not take on is
 * due for nobody.
 */
export function dueObjectives(
  objectives: readonly ToldObjective[],
  rows: ObjectiveRows,
  today: Day,
): Map<string, ToldObjective> {
  const due = new Map<string, ToldObjective>()
  for (const objective of objectives) {
    if (!isLive(objective, today)) continue
    const refused = new Set(objective.refused.map(({ accountId }) => accountId))
    for (const { id, lastVisitDay } of meantBy(objective, rows)) {
      const known = due.get(id)
      if (refused.has(id) || isSeen(objective, lastVisitDay, today)) continue
      if (!known || objective.toDay < known.toDay) due.set(id, objective)
    }
  }
  return due
}

/** How far an objective is: every account it means is in one of the three. */
export type ObjectiveProgress = { readonly seen: number; readonly due: number; readonly refused: number }

export function progressOf(objective: ToldObjective, rows: ObjectiveRows, today: Day): ObjectiveProgress {
  const refused = new Set(objective.refused.map(({ accountId }) => accountId))
  const progress = { seen: 0, due: 0, refused: 0 }
  for (const { id, lastVisitDay } of meantBy(objective, rows))
    progress[isSeen(objective, lastVisitDay, today) ? 'seen' : refused.has(id) ? 'refused' : 'due'] += 1
  return progress
}
