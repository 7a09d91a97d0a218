import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { optionId } from './field-spec.ts'
import { localOptionId } from './local-option-id.ts'

const HERE = '0192a0f4-7c31-7d10-8a4e-5b6f7a9c3e21'
const NONE = new Set<string>()

describe('the id of an answer of a level’s own', () => {
  it('is made of its words and of its territory', () => {
    expect(localOptionId('Gâteau basque', HERE, NONE)).toBe('gateau_basque-9c3e21')
  })
  it('differs from one territory to another, and from every id the question has had', () => {
    const first = localOptionId('Maïs', HERE, NONE)
    expect(localOptionId('Maïs', `${HERE.slice(0, -1)}9`, NONE)).not.toBe(first)
    expect(localOptionId('Maïs', HERE, new Set([first]))).toBe(`${first}-2`)
  })
  it('is one the server reads, whatever the words', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), fc.uuid(), (label, territory) => {
        const id = localOptionId(label, territory, NONE)
        expect(optionId.safeParse(id).success).toBe(true)
        expect(optionId.safeParse(localOptionId(label, territory, new Set([id]))).success).toBe(true)
      }),
    )
    for (const hostile of ['日本', '<script>', '_unknown', '‮ltr', 'a'.repeat(300)])
      expect(optionId.safeParse(localOptionId(hostile, HERE, NONE)).success).toBe(true)
  })
})
