import type { ErrorParams } from '@fieldback/domain/errors'
import type { ToldStep } from '@fieldback/domain/scenario/told'
import { type Fault, standingOf } from '@fieldback/domain/territory/placement'
import { inLocale } from '@fieldback/i18n/figure-words'
import { openFormats } from '@fieldback/i18n/format'
import type { Locale } from '@fieldback/i18n/locale'
import { messagesOf } from '@fieldback/i18n/messages'
import { openTexts } from '@fieldback/i18n/texts'
import { toldHindrance } from '@fieldback/i18n/told-hindrance'
import { toldSteps } from '@fieldback/i18n/told-steps'
import type { Hindered, ToldHindrance } from './hindrances.ts'

/** What letters about a scenario are written with. */
export function letterWords(locale: Locale, timeZone: string) {
  const texts = openTexts(messagesOf(locale), locale)
  const [text, place, error] = [texts('scenario'), texts('territory'), texts('error')]
  const formats = openFormats(locale, timeZone)
  const label = (label: Parameters<typeof inLocale>[0]) => inLocale(label, locale)
  const sentence = ({ code, params }: Pick<Fault, 'code' | 'params'>) => error(code, plain(params))
  const gesture = (told: readonly ToldStep[]): string =>
    toldSteps(told, { text: (key, values) => text(`gestures.told.${key}`, values), formats, label })
  const why = (hindrance: Pick<ToldHindrance, 'fault' | 'question'>): string =>
    toldHindrance(hindrance, { text, place, formats, label, sentence })
  return {
    text,
    formats,
    sentence,
    gesture,
    /** What has to leave a territory before it closes, said behind the gesture. */
    standing: (told: string, hindrances: readonly Pick<ToldHindrance, 'fault' | 'question'>[]): string =>
      [told, ...hindrances.filter(({ fault }) => standingOf(fault)).map(why)].join('. '),
    /** A line each; empty for none. */
    hindrances: ({ hindrances, more }: Pick<Hindered, 'hindrances' | 'more'>): string =>
      [
        ...hindrances.map(({ told, ...hindrance }) =>
          told.length > 0
            ? text('hindrance.line', { what: gesture(told), why: why(hindrance) })
            : why(hindrance),
        ),
        ...(more > 0 ? [text('hindrance.more', { count: more })] : []),
      ]
        .map((line) => `- ${line}`)
        .join('\n'),
  }
}

const plain = (params: ErrorParams): Record<string, string | number> =>
  Object.fromEntries(
    Object.entries(params).filter(
      (entry): entry is [string, string | number] =>
        typeof entry[1] === 'string' || typeof entry[1] === 'number',
    ),
  )
