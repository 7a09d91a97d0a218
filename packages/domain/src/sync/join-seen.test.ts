import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { FieldDefinition } from '../field/field-spec.ts'
import { joinLists, joinNotes, joinSeen } from './join-seen.ts'

const lists = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'))

describe('a list of two people', () => {
  it('holds what either added, and nothing that either took out', () => {
    fc.assert(
      fc.property(lists, lists, lists, (seen, current, typed) => {
        const both = joinLists(seen, current, typed)
        expect(new Set(both).size).toBe(both.length)
        for (const item of ['a', 'b', 'c', 'd', 'e']) {
          const [before, theirs, mine] = [seen, current, typed].map((side) =>
            side.some((one) => one === item),
          )
          expect(both.some((one) => one === item)).toBe(before ? theirs && mine : theirs || mine)
        }
      }),
    )
  })
  it('that nobody else changed is what was typed', () => {
    fc.assert(
      fc.property(lists, lists, (seen, typed) => {
        expect(joinLists(seen, seen, typed).toSorted()).toEqual(typed.toSorted())
      }),
    )
  })
})

describe('a note of two people', () => {
  const words = fc.stringMatching(/^[a-z]{1,8}$/)
  it('holds every word that either added', () => {
    fc.assert(
      fc.property(fc.array(words), fc.array(words), fc.array(words), (seen, theirs, mine) => {
        const before = seen.join(' ')
        const both = joinNotes(before, [before, ...theirs].join('\n'), [before, ...mine].join('\n'))
        for (const word of [...seen, ...theirs, ...mine]) expect(both).toContain(word)
      }),
    )
  })
  it('that nobody else changed is what was typed', () => {
    expect(joinNotes('Vu', 'Vu', 'Revu')).toBe('Revu')
  })
  it('keeps what came under it when it is written anew, or taken away', () => {
    expect(joinNotes('Vu.', 'Vu.\nFermé le lundi', 'Visite faite')).toBe('Visite faite\nFermé le lundi')
    expect(joinNotes('Vu.', 'Vu.\nFermé le lundi', '')).toBe('Fermé le lundi')
  })
  it('written anew by both stands one under the other', () => {
    expect(joinNotes('Vu', 'Fermé le lundi', 'Livraison le mardi')).toBe('Fermé le lundi\nLivraison le mardi')
  })
})

describe('a correction of what somebody else corrected meanwhile', () => {
  const question = (type: string, options: readonly string[] = []) =>
    ({ spec: { type, options: options.map((id) => ({ id })) } }) as unknown as FieldDefinition
  const context = {
    versions: new Map([
      ['days:1', question('multiple_choice', ['mon', 'tue'])],
      ['days:2', question('multiple_choice', ['mon', 'tue', 'wed'])],
      ['phone:1', question('phone')],
    ]),
  }
  const row = { day: '2026-11-20', values: { days: { v: 2, x: ['mon', 'wed'] }, phone: { v: 1, x: '1' } } }

  it('is joined under the newer form of the question, whose options it may need', () => {
    const said = joinSeen(
      context,
      { values: { days: { v: 1, x: ['mon', 'tue'] } }, seen: { values: { days: ['mon'] } } },
      row,
    )
    expect(said.values).toEqual({ days: { v: 2, x: ['mon', 'wed', 'tue'] } })
    expect([...said.joined]).toEqual(['values.days'])
  })
  it('stands as typed where it is no list and no note, or where it does not say what was seen', () => {
    const typed = { phone: { v: 1, x: '2' }, days: { v: 1, x: ['tue'] } }
    const said = joinSeen(context, { values: typed, seen: { values: { phone: '0' } } }, row)
    expect(said.values).toEqual(typed)
    expect(said.joined.size).toBe(0)
  })
})
