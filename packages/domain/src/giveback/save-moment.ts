import { type Answer, isEmpty } from '../field/answer.ts'
import type { EffectiveField } from '../field/resolve.ts'
import type { AccountRow, ContactRow, ReportRow, ReturnPack } from '../sync/pull.ts'
import type { LocalRows } from './local-rows.ts'
import type { OpinionOf } from './opinion.ts'
import { isNewer, stands } from './rows-index.ts'
import type { ToldAt } from './told-before.ts'

/** A report just saved, with all that a return can be made of. */
export type SaveMoment = {
  /** The report as saved. */
  readonly report: ReportRow
  /** The account and the contact met, as this save leaves them. */
  readonly account: AccountRow
  readonly contact: ContactRow | null
  /** Everything effective at the account's home, of all three entities. */
  readonly fields: readonly EffectiveField[]
  /** Rows as they were just BEFORE this save: the difference is what the rep gave. */
  readonly localRows: LocalRows
  readonly pack: ReturnPack
  /** The reader's own territories. */
  readonly mine: readonly string[]
  readonly today: string
  /** What the reader thinks of each kind of return of each question; absent: of none. */
  readonly opinion?: OpinionOf
  /** What was told after other saves lately; absent: nothing. */
  readonly toldAt?: ToldAt
}

/** One question at that moment: what was known before, what is known now, and whether this save gave it. */
export type Told = {
  readonly before: Answer | undefined
  readonly now: Answer | undefined
  readonly given: boolean
}

const byId = <T extends { readonly id: string }>(list: readonly T[], id: string | undefined): T | undefined =>
  list.find((row) => row.id === id)

const sameAnswer = (a: Answer | undefined, b: Answer | undefined): boolean =>
  JSON.stringify(a?.x) === JSON.stringify(b?.x)

/**
 * What this save told about a question; `before` holds the account's rows before it. A report's answer counts as given
 * when the report is new or says otherwise, and no later visit has said something since.
 */
export function toldOf(field: EffectiveField, moment: SaveMoment, before: LocalRows): Told {
  const { report, account, contact } = moment
  if (field.entity !== 'report') {
    const [row, old] =
      field.entity === 'account'
        ? [account, byId(before.accounts, account.id)]
        : [contact, byId(before.contacts, contact?.id)]
    const [was, now] = [old?.values[field.id], row?.values[field.id]]
    return { before: was, now, given: !isEmpty(now?.x) && !sameAnswer(was, now) }
  }
  const others = before.reports.filter(({ id }) => id !== report.id)
  const old = byId(before.reports, report.id)
  const now = newestAnswer(field, [...others, report])
  const said = report.values[field.id]
  return {
    before: newestAnswer(field, old ? [...others, old] : others),
    now,
    given: now !== undefined && now === said && !sameAnswer(old?.values[field.id], said),
  }
}

/** What an account's reports say last of a question. */
function newestAnswer(field: EffectiveField, reports: readonly ReportRow[]): Answer | undefined {
  let newest: ReportRow | undefined
  for (const report of reports) {
    if (stands(report) && !isEmpty(report.values[field.id]?.x) && isNewer(report, newest)) newest = report
  }
  return newest?.values[field.id]
}
