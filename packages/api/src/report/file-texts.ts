import type { namesFiltered } from '@fieldback/db/report/report-list.repo'
import type { CellWords } from '@fieldback/domain/report/export-columns'
import type { Locale } from '@fieldback/i18n/locale'
import { messagesOf } from '@fieldback/i18n/messages'
import { formatPhone } from '@fieldback/i18n/phone-number'
import { openTexts } from '@fieldback/i18n/texts'
import type { ReportQuery } from './search.ts'

/** What a file says in a language: the words of the screens. */
export function textsOf(locale: Locale) {
  const texts = openTexts(messagesOf(locale), locale)
  return { locale, desk: texts('reportDesk'), report: texts('report'), field: texts('field') }
}
export type Say = ReturnType<typeof textsOf>

export const coreHeads = ({ desk: text }: Say): string[] => [
  text('column.day'),
  text('column.kind'),
  text('column.outcome'),
  text('column.state'),
  text('column.place'),
  text('column.account'),
  text('column.ref'),
  text('column.town'),
  text('column.contact'),
  text('column.author'),
  text('column.note'),
]

export const wordsOf = ({ locale, desk, field }: Say): Omit<CellWords, 'nameOf' | 'photo'> => ({
  yes: field('answer.yes'),
  no: field('answer.no'),
  unknown: field('answer.unknown'),
  elsewhere: field('answer.elsewhere'),
  unreadable: desk('file.unreadable'),
  part: (part) => desk(`file.part.${part}`),
  label: (label) => (locale === 'en' ? (label.en ?? label.fr) : label.fr),
  // A space that does not break is no space to a spreadsheet.
  phone: (number) => formatPhone(number).replaceAll('\u00a0', ' '),
})

type Names = Awaited<ReturnType<typeof namesFiltered>>

/** What an export was narrowed by. */
export function filterWords(query: ReportQuery, { author, account }: Names, { desk, report }: Say): string[] {
  const { authorId, accountId, account: begins, from, to, kind, outcome, toComplete } = query
  return [
    authorId && desk('filtered.author', { name: author ?? authorId }),
    accountId && desk('filtered.oneAccount', { name: account ?? accountId }),
    begins && desk('filtered.account', { text: begins }),
    from && `${desk('from')} ${from}`,
    to && `${desk('to')} ${to}`,
    kind && report(`kinds.${kind}`),
    outcome && report(`outcomes.${outcome}`),
    toComplete && desk('filtered.toComplete'),
  ].filter((words) => typeof words === 'string' && words !== '') as string[]
}
