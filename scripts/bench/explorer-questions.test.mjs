import { describe, expect, it } from 'vitest'
import { question } from '../../packages/domain/src/analytics/question.ts'
import { explorerQuestions, isOfTwo } from './explorer-questions.mjs'

const id = (n) => `0193a2b0-0000-7000-8000-${String(n).padStart(12, '0')}`
const keys = ['humeur', 'decideur', 'besoin', 'budget', 'prix_concurrent', 'concurrents', 'animations']
const fields = Object.fromEntries(keys.map((key, at) => [key, id(at + 10)]))
const asked = explorerQuestions({
  territoryId: id(1),
  regionId: id(2),
  period: { from: '2025-12', to: '2026-11' },
  fields,
})

describe('what the bench asks of the figures', () => {
  it('is forty questions over twelve months, each of its own', () => {
    expect(asked).toHaveLength(40)
    expect(new Set(asked.map((one) => JSON.stringify(one))).size).toBe(40)
    for (const one of asked) expect(question.safeParse(one).success).toBe(true)
  })
  it('narrowed by a second question ten times or more, five times by a concept, five times as organised then', () => {
    const concepts = [fields.concurrents, fields.animations]
    expect(
      asked.filter(({ filters = [], kind }) => filters.length > 0 || kind).length,
    ).toBeGreaterThanOrEqual(10)
    expect(asked.filter(isOfTwo).length).toBeGreaterThanOrEqual(10)
    expect(
      asked.filter((one) => concepts.some((concept) => JSON.stringify(one).includes(concept))),
    ).toHaveLength(5)
    expect(asked.filter(({ basis }) => basis === 'then').length).toBeGreaterThanOrEqual(5)
  })
})
