import { CHANGED_ASPECTS, type Change, type Told } from '@fieldback/domain/audit/changes'
import type { Formats } from '@fieldback/i18n/format'
import type { useTranslations } from 'next-intl'

export type Say = {
  readonly text: ReturnType<typeof useTranslations<'audit'>>
  readonly formats: Formats
  readonly locale: string
}

export const wordIn = (value: string | { fr: string; en?: string | undefined }, locale: string): string =>
  typeof value === 'string' ? value : ((locale === 'en' ? value.en : undefined) ?? value.fr)

/** What a version changed of the one before, a sentence for each aspect, in the reader's language. */
export const changeLines = (changes: readonly Change[], say: Say): string[] =>
  changes.map((change) => lineOf(change, say))

function lineOf({ aspect, from, to }: Change, say: Say): string {
  const { text } = say
  const known = CHANGED_ASPECTS.find((one) => one === aspect) ?? 'more'
  const what = text(`change.aspect.${known}`)
  const inWords = (as: Say) => [from, to].map((told) => (told === null ? null : wordsOf(told, as)))
  // What reads the same on both sides changed in the other language.
  const here = inWords(say)
  const other = { ...say, locale: say.locale === 'en' ? 'fr' : 'en' }
  const [before, after] = here[0] === here[1] ? inWords(other) : here
  if (after === null || after === undefined) return text('change.unset', { what, from: before ?? '' })
  return before === null || before === undefined
    ? text('change.set', { what, to: after })
    : text('change.both', { what, from: before, to: after })
}

function wordsOf(told: Told, say: Say): string {
  const { text, formats, locale } = say
  if (typeof told === 'boolean') return text(told ? 'change.yes' : 'change.no')
  if (typeof told === 'number') return formats.number(told, 2)
  if (typeof told === 'string') return dayWord(told, say) ?? codeWord(told, say)
  if ('fr' in told) return text('change.quoted', { words: wordIn(told, locale) })
  return told.map((one) => (typeof one === 'string' ? codeWord(one, say) : wordIn(one, locale))).join(', ')
}

/** A limit of days: a fixed one, or as far from the visit; null when it is something else. */
function dayWord(told: string, { text, formats }: Say): string | null {
  if (/^\d{4}-\d{2}-\d{2}$/.test(told)) return formats.day(told)
  const days = /^visit([+-]\d+)$/.exec(told)?.[1]
  if (days === undefined) return null
  const away = Number(days)
  const side = away < 0 ? 'before' : away > 0 ? 'after' : 'same'
  return text('change.fromVisit', { days: Math.abs(away), side })
}

/** Types, returns and locks are noted by their code; a unit or an unknown one stands as it is. */
function codeWord(code: string, { text }: Say): string {
  const key = `change.word.${code}` as Parameters<Say['text']['has']>[0]
  return /^[a-zA-Z_]+$/.test(code) && text.has(key) ? text(key as Parameters<Say['text']>[0]) : code
}
