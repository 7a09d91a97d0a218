import { toCsv } from '@fieldback/domain/export/csv'
import { IMPORT_TARGETS, type ImportKind } from '@fieldback/domain/import/import'
import { exampleLine } from '@fieldback/domain/import/template'
import type { Locale } from '@fieldback/i18n/locale'
import { messagesOf } from '@fieldback/i18n/messages'
import { openTexts, type TextKey } from '@fieldback/i18n/texts'

/** A file to fill: the titles of a kind's columns and a line that shows what goes in them. */
export function importTemplate(kind: ImportKind, locale: Locale): { name: string; text: string } {
  const text = openTexts(messagesOf(locale), locale)('import')
  type Key = TextKey<ReturnType<typeof messagesOf>['import']>
  const titles = IMPORT_TARGETS[kind].map(({ key }) => text(`header.${key}` as Key))
  return { name: text('template.name', { kind }), text: toCsv([titles, exampleLine(kind, locale)], locale) }
}
