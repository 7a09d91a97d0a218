import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FIELD_TYPES, type FieldSpec } from '../field/field-spec.ts'
import type { AnswerValue } from '../field/types/value.ts'
import { field } from '../giveback/fixture.ts'
import { answerCells, type CellWords, questionColumns } from './export-columns.ts'
import type { AskedThen } from './read-report.ts'

const WORDS: CellWords = {
  yes: 'oui',
  no: 'non',
  unknown: 'ne sait pas',
  elsewhere: 'ailleurs',
  unreadable: 'illisible',
  part: (part) => part,
  label: ({ fr }) => fr,
  phone: (number) => number,
  photo: (id) => `https://fieldback.test/${id}`,
  nameOf: (id) => (id === 'a1' ? 'Garage Etxe' : undefined),
}
const asked = (id: string, spec: Partial<FieldSpec>, owner = 'pb'): AskedThen => {
  const definition = field(id, { entity: 'report', owner, spec })
  return { definition, current: 1, owner: definition.owner }
}
const columnsOf = (...questions: AskedThen[]) => questionColumns(questions, WORDS)
const heads = (...questions: AskedThen[]) => columnsOf(...questions).flatMap((column) => column.heads)
const options = [
  { id: 'a', label: { fr: 'Un' } },
  { id: 'b', label: { fr: 'Deux' } },
]
function cells(spec: Partial<FieldSpec>, x: AnswerValue | undefined, then: Partial<FieldSpec> = spec) {
  const [column] = columnsOf(asked('f', spec))
  if (!column) throw new Error('no column')
  return answerCells(
    column,
    asked('f', then).definition.spec,
    x === undefined ? undefined : { v: 1, x },
    WORDS,
  )
}

describe('the columns of a file', () => {
  it('wear the words of today; an amount and a place take two', () => {
    expect(
      heads(
        asked('a', { label: { fr: 'Budget' }, type: 'money', currency: 'EUR' }),
        asked('b', { label: { fr: 'Entrée' }, type: 'position' }),
        asked('c', { label: { fr: 'Surface' }, type: 'decimal', unit: 'm²' }),
      ),
    ).toEqual([
      'Budget (amount)',
      'Budget (currency)',
      'Entrée (latitude)',
      'Entrée (longitude)',
      'Surface (m²)',
    ])
  })
  it('name the owner where two are called alike, and the key where even that is the same', () => {
    const label = { fr: 'Langue' }
    expect(heads(asked('a', { label }, 'pb'), asked('b', { label }, 'd40'))).toEqual([
      'Langue, Pays Basque',
      'Langue, Landes',
    ])
    expect(heads(asked('a', { label }), asked('b', { label }))).toEqual([
      'Langue, Pays Basque (a)',
      'Langue, Pays Basque (b)',
    ])
  })
})

describe('an answer in its cells', () => {
  const TOLD: readonly (readonly [Partial<FieldSpec>, AnswerValue, readonly unknown[]])[] = [
    [{ type: 'yes_no' }, false, ['non']],
    [{ type: 'multiple_choice', options }, ['b', 'a'], ['Un | Deux']],
    [{ type: 'money', currency: 'EUR' }, 12.5, [12.5, 'EUR']],
    [{ type: 'duration' }, 90, [90]],
    [{ type: 'rating' }, 4, [4]],
    [{ type: 'date' }, '2026-11-29', ['2026-11-29']],
    [{ type: 'date_time' }, '2026-11-29T14:30', ['2026-11-29 14:30']],
    [{ type: 'position' }, { latitude: 43.5, longitude: -1.5, accuracy: 9 }, [43.5, -1.5]],
    [
      { type: 'postal_address' },
      { street: '3 rue Longue', postcode: '64100', city: 'Bayonne', country: '' },
      ['3 rue Longue, 64100 Bayonne'],
    ],
    [{ type: 'account_reference' }, 'a1', ['Garage Etxe']],
    [{ type: 'account_reference' }, 'a2', ['ailleurs']],
    [{ type: 'photo', max: 2 }, ['f1', 'f2'], ['https://fieldback.test/f1 | https://fieldback.test/f2']],
  ]
  it.each(TOLD)('%o', (spec, x, told) => {
    expect(cells(spec, x)).toEqual(told)
  })
  it('"I do not know" is said, nothing said is an empty cell', () => {
    expect(cells({ type: 'money', currency: 'EUR' }, null)).toEqual(['ne sait pas', null])
    expect(cells({ type: 'money', currency: 'EUR' }, undefined)).toEqual([null, null])
    expect(cells({ type: 'short_text' }, '')).toEqual([null])
  })
  it('is read under the version it was given under: words, unit and type of then', () => {
    const then: Partial<FieldSpec> = {
      type: 'single_choice',
      options: [{ id: 'a', label: { fr: 'Uno' } }],
    }
    expect(cells({ type: 'single_choice', options }, 'a', then)).toEqual(['Uno'])
    expect(cells({ type: 'decimal', unit: 'm²' }, 3, { type: 'decimal', unit: 'ares' })).toEqual(['3 ares'])
    expect(cells({ type: 'decimal' }, 3, { type: 'money', currency: 'EUR' })).toEqual(['3 EUR'])
    expect(cells({ type: 'single_choice', options }, 'zz')).toEqual(['illisible'])
  })
  it('fills exactly the columns of its question, whatever was said and whatever it was once', () => {
    const type = fc.constantFrom(...FIELD_TYPES)
    const x = fc.oneof(
      fc.constant(null),
      fc.boolean(),
      fc.double(),
      fc.string(),
      fc.array(fc.string()),
      fc.constant({ latitude: 1, longitude: 2, accuracy: null }),
    )
    fc.assert(
      fc.property(type, type, x, (now, then, value) => {
        const [column] = columnsOf(asked('f', { type: now, options }))
        expect(cells({ type: now, options }, value, { type: then, options })).toHaveLength(
          column?.heads.length ?? 0,
        )
      }),
    )
  })
})
