import type { Answer, AnswerValue } from '@fieldback/domain/field/answer'
import { isEmpty } from '@fieldback/domain/field/answer'
import type { EffectiveField } from '@fieldback/domain/field/resolve'
import type { ContactRow, ReportRow } from '@fieldback/domain/sync/pull'

export type Proposal = { readonly fieldId: string; readonly value: AnswerValue }

const days = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 86_400_000

/**
 * Whether an account's or contact's question is asked inside a report: nothing is known, or what is known was said
 * longer ago than its owner accepts.
 */
export function isDue(field: EffectiveField, answer: Answer | undefined, today: string): boolean {
  if (isEmpty(answer?.x)) return true
  const { staleAfterDays } = field.spec
  return staleAfterDays !== undefined && answer?.d !== undefined && days(answer.d, today) > staleAfterDays
}

/** The account's and the met contact's questions that this report asks; their answers land on the card. */
export const dueFields = (
  fields: readonly EffectiveField[],
  holder: Pick<ContactRow, 'values'> | null,
  today: string,
): EffectiveField[] => (holder ? fields.filter((field) => isDue(field, holder.values[field.id], today)) : [])

const standing = (reports: readonly ReportRow[]): ReportRow[] =>
  reports
    .filter((report) => report.status !== 'withdrawn')
    .sort((a, b) => (a.day < b.day ? 1 : a.day > b.day ? -1 : a.id < b.id ? 1 : -1))

/** Where, when and what was seen belong to one visit, however often they were the same. */
const OF_ITS_VISIT: ReadonlySet<string> = new Set(['position', 'date_time', 'photo'])

/**
 * Answers proposed "as last time": those an account's last two reports agree on. One answer alone is no habit.
 */
export function stableAnswers(fields: readonly EffectiveField[], reports: readonly ReportRow[]): Proposal[] {
  const newestFirst = standing(reports)
  return fields.flatMap((field) => {
    if (OF_ITS_VISIT.has(field.spec.type)) return []
    const said = newestFirst.flatMap((report) => report.values[field.id] ?? []).slice(0, 2)
    const [last, before] = said
    if (!last || !before || isEmpty(last.x) || JSON.stringify(last.x) !== JSON.stringify(before.x)) return []
    // An option retired since is readable but no longer offered.
    const offered = field.spec.options.every(
      (option) => !option.retired || !JSON.stringify(last.x).includes(`"${option.id}"`),
    )
    return offered ? [{ fieldId: field.id, value: last.x }] : []
  })
}

/** Questions to a section at most; a form is cut only where it must be. */
export const SECTION_MOST = 12

export function sectionsOf<T>(questions: readonly T[]): T[][] {
  const count = Math.max(1, Math.ceil(questions.length / SECTION_MOST))
  const size = Math.ceil(questions.length / count)
  return Array.from({ length: count }, (_, index) => questions.slice(index * size, (index + 1) * size))
}
