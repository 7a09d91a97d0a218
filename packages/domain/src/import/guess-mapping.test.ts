import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { guessMapping } from './guess-mapping.ts'
import { HEADER_WORDS } from './header-words.ts'
import { IMPORT_KINDS, IMPORT_TARGETS } from './import.ts'

const columns = (...headers: string[]) => headers.map((header) => ({ header, samples: [] as string[] }))

describe('the columns of a file', () => {
  it('are known by their titles in French and English, whatever the case, accents and spaces', () => {
    expect(
      guessMapping(
        'accounts',
        columns('RAISON SOCIALE', 'code_client', 'C.P.', ' ville ', 'N° de téléphone', 'Courriel'),
      ),
    ).toEqual({
      name: 0,
      ref: 1,
      postcode: 2,
      city: 3,
      phone: 4,
      email: 5,
    })
    expect(guessMapping('accounts', columns('Client no', 'Company', 'Postcode', 'Department'))).toEqual({
      ref: 0,
      name: 1,
      postcode: 2,
      territory: 3,
    })
    expect(
      guessMapping('people', columns('Last name', 'First Name', 'E-mail address', 'Role', 'Sector')),
    ).toEqual({
      name: 0,
      firstName: 1,
      email: 2,
      role: 3,
      territory: 4,
    })
  })
  it('are known where a company names its territories by the country’s division', () => {
    expect(
      guessMapping('accounts', columns('Raison sociale', 'Département', 'Visite tous les (jours)')),
    ).toEqual({
      name: 0,
      territory: 1,
      visitEveryDays: 2,
    })
  })
  it('without a telling title are known by their first values', () => {
    const guessed = guessMapping('contacts', [
      { header: 'Nom', samples: ['Harispe'] },
      { header: 'Col1', samples: ['05 59 00 00 01', '+33 6 00 00 00 00'] },
      { header: '', samples: ['a@b.fr'] },
      { header: 'Code', samples: ['12'] },
    ])
    expect(guessed).toEqual({ lastName: 0, phone: 1, email: 2 })
  })
  it('may answer the questions of the organisation', () => {
    const fields = [{ target: 'field:1', labels: ['Type de four', 'Kind of oven'] }]
    expect(guessMapping('accounts', columns('Nom', 'kind of OVEN'), fields)).toEqual({
      name: 0,
      'field:1': 1,
    })
  })
  it('are each taken once, each target once, whatever they are called', () => {
    const words = [
      ...new Set(
        IMPORT_KINDS.flatMap((kind) => Object.values(HEADER_WORDS[kind]).flatMap((list) => list.split(', '))),
      ),
    ]
    const header = fc.oneof(fc.constantFrom(...words), fc.string({ maxLength: 12 }))
    const column = fc.record({
      header,
      samples: fc.array(fc.constantFrom('a@b.fr', '64250', '0559000000', 'x'), { maxLength: 3 }),
    })
    fc.assert(
      fc.property(fc.constantFrom(...IMPORT_KINDS), fc.array(column, { maxLength: 30 }), (kind, file) => {
        const mapping = guessMapping(kind, file)
        const taken = Object.values(mapping)
        expect(new Set(taken).size).toBe(taken.length)
        expect(taken.every((at) => at >= 0 && at < file.length)).toBe(true)
        expect(
          Object.keys(mapping).every((key) => IMPORT_TARGETS[kind].some((target) => target.key === key)),
        ).toBe(true)
      }),
    )
  })
})
