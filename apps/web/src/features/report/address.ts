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
  /** Empty: whatever their outcome. */
  readonly outcomes: Outcome[]
  readonly toComplete: boolean
  /** Where they counted in the tree of their day, or where their accounts sit today. */
  readonly basis: 'then' | 'today'
  /** As organised then: those of this territory alone, as far as it lay in the branch. */
  readonly below: string | null
  /** Those alone that figures count. */
  readonly counted: boolean
  /** What they answered: one of the buckets of each question. */
  readonly answers: { readonly fieldId: string; readonly buckets: string[] }[]
}

const NAME_MAX = 100

export const readReportView = (get: (name: string) => string | null): ReportView => ({
  authorId: idIn(get('by')),
  accountId: idIn(get('account')),
  account: (get('q') ?? '').trim().slice(0, NAME_MAX),
  from: dayIn(get('from')),
  to: dayIn(get('to')),
  kind: REPORT_KINDS.find((kind) => kind === get('kind')) ?? null,
  outcomes: OUTCOMES.filter((outcome) => get('outcome')?.split(',').includes(outcome)),
  toComplete: get('lacking') === '1',
  basis: get('basis') === 'then' ? 'then' : 'today',
  below: get('basis') === 'then' ? idIn(get('below')) : null,
  counted: get('counted') === '1',
  answers: readAnswers(get('answers') ?? ''),
})

/** "id:bucket,bucket;id:bucket" */
const readAnswers = (text: string): ReportView['answers'] =>
  text.split(';').flatMap((one) => {
    const [id = '', buckets = ''] = one.split(':')
    const fieldId = idIn(id)
    const named = buckets.split(',').filter((bucket) => bucket !== '' && bucket.length <= 60)
    return fieldId && named.length > 0 ? [{ fieldId, buckets: named }] : []
  })

/** Answers as an address says them; none: empty. */
const answersWord = (
  answers: readonly { readonly fieldId: string; readonly buckets: readonly string[] }[],
): string => answers.map(({ fieldId, buckets }) => `${fieldId}:${buckets.join(',')}`).join(';')

/** The same in an address, for the file. */
export function reportParams(territoryId: string, view: ReportView): URLSearchParams {
  const {
    authorId: by,
    accountId,
    account: q,
    from,
    to,
    kind,
    outcomes,
    toComplete,
    basis,
    below,
    counted,
    answers,
  } = view
  const all = {
    at: territoryId,
    by,
    account: accountId,
    q,
    from,
    to,
    kind,
    outcome: outcomes.join(','),
    lacking: toComplete ? '1' : '',
    basis: basis === 'then' ? basis : '',
    below,
    counted: counted ? '1' : '',
    answers: answersWord(answers),
  }
  return new URLSearchParams(Object.entries(all).flatMap(([name, value]) => (value ? [[name, value]] : [])))
}

export const isNarrowed = ({
  account,
  toComplete,
  outcomes,
  answers,
  basis,
  counted,
  ...rest
}: ReportView): boolean =>
  account !== '' ||
  toComplete ||
  outcomes.length > 0 ||
  answers.length > 0 ||
  basis === 'then' ||
  counted ||
  Object.values(rest).some((value) => value !== null)
