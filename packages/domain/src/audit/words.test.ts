import { describe, expect, it } from 'vitest'
import { namedIds, type SubjectName, wordsOf } from './words.ts'

const id = (n: number) => `0191b151-9700-74b8-8abb-00000000000${n}`
const names = new Map<string, SubjectName>([
  [id(1), { kind: 'territory', name: 'Pays Basque' }],
  [id(2), { kind: 'territory', name: 'Landes' }],
  [id(3), { kind: 'person', name: 'Maialen Iribarne' }],
  [id(4), { kind: 'assignment', name: 'x', person: 'Jon Etcheverry', role: 'rep', place: 'Soule' }],
  [id(5), { kind: 'field', name: { fr: 'Parle basque', en: 'Speaks Basque' } }],
])

describe('the words of a line of the journal', () => {
  it('name what ids stand for, wherever they are', () => {
    const line = { subjectId: id(1), detail: { from: id(2), to: id(1), membershipId: id(3) } }
    expect(namedIds([line])).toEqual([id(1), id(2), id(3)])
    expect(wordsOf(line, names)).toEqual({
      subject: 'Pays Basque',
      from: 'Landes',
      to: 'Pays Basque',
      person: 'Maialen Iribarne',
    })
  })
  it('say of an assignment who holds what and where, unless the line says it itself', () => {
    expect(wordsOf({ subjectId: id(4), detail: { to: '2026-12-01', from: null } }, names)).toEqual({
      subject: 'Jon Etcheverry',
      person: 'Jon Etcheverry',
      place: 'Soule',
      role: 'rep',
      to: '2026-12-01',
    })
  })
  it('keep a question in every language it has, and list the names of levels in both', () => {
    expect(wordsOf({ subjectId: id(5), detail: {} }, names).subject).toEqual({
      fr: 'Parle basque',
      en: 'Speaks Basque',
    })
    const to = [
      { fr: 'Groupe', en: 'Group' },
      { fr: 'Pays', en: 'Country' },
    ]
    expect(wordsOf({ subjectId: null, detail: { from: [], to } }, names)).toEqual({
      to: 'Groupe, Pays / Group, Country',
    })
  })
  it('leave out what nobody knows any more, and fall back on the name that was noted', () => {
    expect(wordsOf({ subjectId: id(9), detail: { name: 'Ancien', parentId: id(8) } }, names)).toEqual({
      subject: 'Ancien',
    })
  })
  it('tell of which moment the copy was that an organisation was restored from', () => {
    const detail = { takenAt: '2026-11-20T10:00:00.000Z' }
    expect(wordsOf({ subjectId: null, detail }, names)).toEqual({ taken: '2026-11-20T10:00:00.000Z' })
  })
  it('count what a line lists', () => {
    expect(wordsOf({ subjectId: null, detail: { moved: [{}, {}] } }, names).count).toBe(2)
    expect(wordsOf({ subjectId: null, detail: { lines: 5000 } }, names).count).toBe(5000)
  })
})
