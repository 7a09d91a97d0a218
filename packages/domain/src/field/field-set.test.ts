import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fieldSetHash, fieldSetMembers } from './field-set.ts'

const members = fc.uniqueArray(fc.tuple(fc.uuid(), fc.integer({ min: 1, max: 40 })), {
  selector: ([id]) => id,
  maxLength: 12,
})

describe('name of a form', () => {
  it('is FNV-1a, 64 bits, over "id:version" sorted and joined by commas (figures from another implementation)', () => {
    expect(fieldSetHash([])).toBe('cbf29ce484222325')
    expect(fieldSetHash([['a', 1]])).toBe('e661e41904a09e69')
    expect(
      fieldSetHash([
        ['b', 2],
        ['a', 1],
      ]),
    ).toBe('8001a6261948f52f')
  })
  it('does not depend on the order of the questions', () => {
    fc.assert(
      fc.property(members, (list) => {
        expect(fieldSetHash([...list].reverse())).toBe(fieldSetHash(list))
      }),
    )
  })
  it('differs as soon as one version differs, or one question is missing', () => {
    fc.assert(
      fc.property(members, fc.nat(), (list, n) => {
        if (list.length === 0) return
        const at = n % list.length
        const bumped = list.map(([id, version], i) => [id, i === at ? version + 1 : version] as const)
        expect(fieldSetHash(bumped)).not.toBe(fieldSetHash(list))
        expect(fieldSetHash(list.filter((_, i) => i !== at))).not.toBe(fieldSetHash(list))
      }),
    )
  })
  it('is 16 hexadecimal digits, and leaves the members as they were', () => {
    fc.assert(
      fc.property(members, (list) => {
        const copy = structuredCopy(list)
        expect(fieldSetHash(list)).toMatch(/^[0-9a-f]{16}$/)
        expect(list).toEqual(copy)
      }),
    )
  })
  it('names what a form is made of: questions, and what levels made of them', () => {
    const touched = [{ tighteningId: 't', version: 2 }]
    expect(
      fieldSetMembers([
        { id: 'a', version: 3, touched: [] },
        { id: 'b', version: 1, touched },
      ]),
    ).toEqual([
      ['a', 3],
      ['b', 1],
      ['t', 2],
    ])
  })
})

const structuredCopy = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T
