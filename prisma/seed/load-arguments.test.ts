import { describe, expect, it } from 'vitest'
import { Refused, readLoadArguments } from './load-arguments.ts'
import { DRAWS, drawn, loadQuestions } from './load-questions.ts'

const read = (text: string) => readLoadArguments(text.split(' ').filter(Boolean))

describe('what is asked of the generator', () => {
  it('names an organisation, how many reports, and a seed', () => {
    expect(read('--org big --reports 1000000 --seed 3 --replace')).toEqual({
      slug: 'big',
      reports: 1_000_000,
      seed: 3,
      replace: true,
    })
    expect(read('--reports 1000')).toEqual({ slug: 'load', reports: 1_000, seed: 1, replace: false })
  })
  it.each([
    ['--reports 999', '--reports is "999"; give a whole number from 1,000 to 10,000,000.'],
    ['--reports 10000001', /^--reports is "10000001"/],
    ['--reports many', /^--reports is "many"/],
    ['--reports 1e6', /^--reports is "1e6"/],
    ['--reports -5', /^--reports is "-5"/],
    ['', /^--reports is missing/],
    ['--reports', /^"--reports" is not understood/],
    ['--reports 2000 --seed 1.5', /^--seed is "1.5"/],
    ['--reports 2000 --org Été', /^--org is "Été"/],
    ['--reports 2000 --org demo', /^--org is "demo"/],
    ['--reports 2000 --force', /^"--force" is not understood/],
  ])('%s is refused in one sentence', (text, sentence) => {
    expect(() => read(text)).toThrow(Refused)
    expect(() => read(text)).toThrow(sentence)
  })
})

describe('answers laid out over draws', () => {
  it('each question fills every draw, and no answer of it is left out', () => {
    for (const { key, answers, whenOrdered = answers } of loadQuestions(2026)) {
      for (const weighted of [answers, whenOrdered]) {
        const draws = drawn(weighted)
        expect(draws, key).toHaveLength(DRAWS)
        expect(new Set(draws), key).toEqual(new Set(weighted.map(([answer]) => answer)))
      }
    }
  })
})
