import { expect, it } from 'vitest'
import { platformOf } from './platform.ts'

const SAFARI = 'AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5'
it.each([
  ['an iPhone', `Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) ${SAFARI} Mobile/15E148`, 5, 'ios'],
  ['an iPad, which says it is a Mac', `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${SAFARI}`, 5, 'ios'],
  ['a Mac', `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${SAFARI}`, 0, 'other'],
  ['another browser of an iPhone', 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5) CriOS/141.0', 5, 'ios-other'],
  ['Android', 'Mozilla/5.0 (Linux; Android 15; Pixel 9) Chrome/141.0 Mobile', 5, 'android'],
  ['Windows', 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/141.0', 0, 'other'],
])('%s is told in its own words', (_, userAgent, maxTouchPoints, platform) => {
  expect(platformOf({ userAgent, maxTouchPoints })).toBe(platform)
})
