import type { CellWords } from '@fieldback/domain/report/export-columns'
import type { Locale } from '@fieldback/i18n/locale'
import { messagesOf } from '@fieldback/i18n/messages'
import { formatPhone } from '@fieldback/i18n/phone-number'
import { openTexts } from '@fieldback/i18n/texts'

/** What a file says in a language: the words of the screens. */
export function textsOf(locale: Locale) {
  const texts = openTexts(messagesOf(locale), locale)
  return {
    locale,
    desk: texts('reportDesk'),
    report: texts('report'),
    field: texts('field'),
    account: texts('accountDesk'),
  }
}
export type Say = ReturnType<typeof textsOf>

/** `site`: where photos are seen. */
export const wordsOf = ({ locale, desk, field }: Say, site: string): Omit<CellWords, 'nameOf'> => ({
  yes: field('answer.yes'),
  no: field('answer.no'),
  unknown: field('answer.unknown'),
  elsewhere: field('answer.elsewhere'),
  unreadable: desk('file.unreadable'),
  part: (part) => desk(`file.part.${part}`),
  label: (label) => (locale === 'en' ? (label.en ?? label.fr) : label.fr),
  // A space that does not break is no space to a spreadsheet.
  phone: (number) => formatPhone(number).replaceAll('\u00a0', ' '),
  photo: (id) => `${site}/api/media/${id}`,
})
