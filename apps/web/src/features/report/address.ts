import { OUTCOMES, type Outcome, REPORT_KINDS, type ReportKind } from '@fieldback/domain/report/report'
import { dayIn, idIn } from '../../client/address-words.ts'

/** What the list is narrowed by, as its address says it; anything that is not of its form is left out. */
export type ReportView = {
  readonly authorId: string | null
  readonly accountId: string | null
  /** Beginning of the account's name. */
  readonly account: string
  readonly from: string | null
  readonly to: string | null
  readonly kind: ReportKind | null
  readonly outcome: Outcome | null
  readonly toComplete: boolean
}

const NAME_MAX = 100

export const readReportView = (get: (name: string) => string | null): ReportView => ({
  authorId: idIn(get('by')),
  accountId: idIn(get('account')),
  account: (get('q') ?? '').trim().slice(0, NAME_MAX),
  from: dayIn(get('from')),
  to: dayIn(get('to')),
  kind: REPORT_KINDS.find((kind) => kind === get('kind')) ?? null,
  outcome: OUTCOMES.find((outcome) => outcome === get('outcome')) ?? null,
  toComplete: get('lacking') === '1',
})

/** The same in an address, for the file. */
export function reportParams(territoryId: string, view: ReportView): URLSearchParams {
  const { authorId: by, accountId, account: q, from, to, kind, outcome, toComplete } = view
  const all = {
    at: territoryId,
    by,
    account: accountId,
    q,
    from,
    to,
    kind,
    outcome,
    lacking: toComplete ? '1' : '',
  }
  return new URLSearchParams(Object.entries(all).flatMap(([name, value]) => (value ? [[name, value]] : [])))
}

export const isNarrowed = ({ account, toComplete, ...rest }: ReportView): boolean =>
  account !== '' || toComplete || Object.values(rest).some((value) => value !== null)
