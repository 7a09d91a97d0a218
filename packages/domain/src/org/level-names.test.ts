import { describe, expect, it } from 'vitest'
import { levelNameTwice } from './level-names.ts'

const names = (fr: readonly string[], en: readonly string[] = ['a', 'b', 'c', 'd']) =>
  fr.map((name, rank) => ({ fr: name, en: en[rank] ?? '' }))

describe('names of levels', () => {
  it('differ within a language', () => {
    expect(levelNameTwice(names(['Groupe', 'Pays', 'Région', 'Secteur']))).toBeNull()
  })
  it('that differ by case and accents alone are the same name', () => {
    expect(levelNameTwice(names(['Groupe', 'Région', 'REGION', 'Secteur']))).toEqual({
      language: 'fr',
      name: 'REGION',
    })
  })
  it('are judged language by language: one may be the same in both', () => {
    const french = ['National', 'Régional', 'Local', 'Secteur']
    expect(levelNameTwice(names(french, french))).toBeNull()
    expect(levelNameTwice(names(french, ['National', 'Local', 'Local', 'Sector']))).toEqual({
      language: 'en',
      name: 'Local',
    })
  })
})
