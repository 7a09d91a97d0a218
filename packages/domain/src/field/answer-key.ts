import type { AnswerValue } from './answer.ts'

const LONGEST = 200

/** What a map calls one answer: an option by its id, yes and no by name, words without case, accents or runs of spaces. */
export function answerKey(x: Exclude<AnswerValue, null>): string {
  if (typeof x === 'object') return JSON.stringify(x).slice(0, LONGEST)
  return String(x)
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, LONGEST)
}
