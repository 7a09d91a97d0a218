import { expect, it } from 'vitest'
import { messagesOf } from './messages.ts'
import { openTexts } from './texts.ts'
import { waitingTime } from './waiting-time.ts'

const MINUTE = 60
const HOUR = 60 * MINUTE

it.each([
  [0, 'dans 1 minute', 'in 1 minute'],
  [47, 'dans 1 minute', 'in 1 minute'],
  [14 * MINUTE + 1, 'dans 15 minutes', 'in 15 minutes'],
  [90 * MINUTE, 'dans 90 minutes', 'in 90 minutes'],
  [90 * MINUTE + 1, 'dans 2 heures', 'in 2 hours'],
  [23 * HOUR + 1, 'dans 24 heures', 'in 24 hours'],
  [24 * HOUR, 'dans 24 heures', 'in 24 hours'],
])('%d seconds are waited %s', (seconds, french, english) => {
  expect(waitingTime(seconds, 'fr').replaceAll('\u00a0', ' ')).toBe(french)
  expect(waitingTime(seconds, 'en')).toBe(english)
})

it('a day of waiting is told in hours, not as 1,440 minutes', () => {
  const told = (['fr', 'en'] as const).map((locale) =>
    openTexts(messagesOf(locale), locale)('error')('TOO_MANY_ATTEMPTS', {
      wait: waitingTime(24 * HOUR, locale),
    }),
  )
  expect(told[0]).toMatch(/Vous pourrez réessayer dans 24.heures\.$/)
  expect(told[1]).toMatch(/You can try again in 24 hours\.$/)
})
