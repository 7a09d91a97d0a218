import { describe, expect, it } from 'vitest'
import type { FieldSpec } from './field-spec.ts'
import { findTwins, groupTwins, guessMap, likeness, TWIN_MIN, type TwinField } from './twins.ts'

const field = (
  id: string,
  fr: string,
  more: Partial<FieldSpec> & {
    en?: string
    places?: string[]
    entity?: 'report' | 'account' | 'contact'
    answers?: Record<string, number>
  } = {},
): TwinField => {
  const { en, places = [], entity = 'contact', answers = null, ...spec } = more
  return {
    definition: {
      id,
      entity,
      spec: {
        label: { fr, ...(en ? { en } : {}) },
        why: { fr: '…' },
        type: 'yes_no',
        options: [],
        required: false,
        reportable: true,
        position: 0,
        shared: false,
        givebacks: [],
        ...spec,
      },
    },
    places,
    answers,
  }
}

const basque = field('basque', 'Parle basque', { places: ['Pays Basque'] })
const breton = field('breton', 'Parle breton', { places: ['Bretagne'] })
const english = field('english', 'Speaks Basque?', { places: ['Soule'] })

describe('questions of several branches that are likely one', () => {
  it('finds "Parle basque", "Parle breton" and "Speaks Basque?", as one group', () => {
    const groups = groupTwins(findTwins([basque, breton, english]))
    expect(groups.map(({ ids }) => ids)).toEqual([['basque', 'breton', 'english']])
    expect(likeness(basque, breton)).toMatchObject({ words: 1, shared: ['parl', '*'] })
  })

  it('finds them where nobody knows the places either', () => {
    const [a, b] = [field('a', 'Parle basque'), field('b', 'Parle breton')]
    expect(likeness(a, b)?.score).toBeGreaterThanOrEqual(TWIN_MIN)
  })

  it.each([
    ['Parle basque', 'Part de marché'],
    ['Prochain rendez-vous', 'Prochaine commande'],
    ['Nombre de vaches', 'Nombre de chambres'],
    ['A un site web', 'A un entrepôt'],
    ['Parle basque', 'Le patron est basque de naissance'],
  ])('does not take "%s" for "%s"', (one, other) => {
    expect(findTwins([field('a', one), field('b', other)])).toEqual([])
  })

  it('does not take a size for another: one word in common is no proof where answers are figures', () => {
    const size = { type: 'integer', entity: 'account' } as const
    expect(findTwins([field('a', 'Taille du parc', size), field('b', 'Taille du magasin', size)])).toEqual([])
  })

  it('never proposes questions of other entities, other answers or other units', () => {
    expect(likeness(basque, field('a', 'Parle basque', { entity: 'account' }))).toBeNull()
    expect(likeness(basque, field('a', 'Parle basque', { type: 'integer' }))).toBeNull()
    const hectares = field('a', 'Surface', { type: 'integer', unit: 'ha' })
    expect(likeness(hectares, field('b', 'Surface', { type: 'integer', unit: 'm²' }))).toBeNull()
  })

  it('counts a list of answers as evidence, in either language', () => {
    const options = (...labels: string[]) => labels.map((fr, at) => ({ id: `o${at}`, label: { fr } }))
    const brand = (id: string, labels: string[]) =>
      field(id, id === 'a' ? 'Marque du four' : 'Four utilisé', {
        type: 'single_choice',
        options: options(...labels).map((option) => ({ ...option, id: `${id}${option.id}` })),
      })
    const alike = likeness(
      brand('a', ['Bongard', 'Eurofours', 'Autre']),
      brand('b', ['Eurofours', 'Bongard', 'Autre']),
    )
    const apart = likeness(brand('a', ['Bongard', 'Eurofours']), brand('b', ['Gaz', 'Bois']))
    expect(alike?.options).toBe(1)
    expect(apart?.options).toBe(0)
    expect(alike?.score ?? 0).toBeGreaterThan(TWIN_MIN)
    expect(apart?.score).toBeLessThan(TWIN_MIN)
  })

  it('tells how answers share out only when there are enough', () => {
    const of = (yes: number, no: number) => ({ answers: { true: yes, false: no } })
    const few = likeness(field('a', 'Parle basque', of(3, 4)), field('b', 'Parle breton', of(30, 40)))
    const many = likeness(field('a', 'Parle basque', of(30, 40)), field('b', 'Parle breton', of(30, 40)))
    expect(few?.answers).toBeNull()
    expect(many?.answers).toBeCloseTo(1)
  })

  it('remembers what was said not to be the same', () => {
    const apart = (a: string, b: string) => a === 'basque' && b === 'breton'
    expect(findTwins([basque, breton], apart)).toEqual([])
    expect(findTwins([breton, basque], apart)).toEqual([])
  })

  it('finds its way through two thousand questions', () => {
    const words = [
      'pain',
      'four',
      'beurre',
      'vitrine',
      'caisse',
      'tarif',
      'meuble',
      'moulin',
      'farine',
      'sucre',
    ]
    const many = Array.from({ length: 2000 }, (_, at) =>
      field(`f${at}`, `${words[at % 10]} ${words[Math.floor(at / 10) % 10]} ${at}x`),
    )
    expect(findTwins(many).length).toBeLessThanOrEqual(50)
  })
})

describe('which answer is which', () => {
  it('maps yes and no to answers that say so', () => {
    const to = {
      type: 'single_choice' as const,
      options: [
        { id: 'o', label: { fr: 'Oui' } },
        { id: 'n', label: { fr: 'Non' } },
        { id: 'p', label: { fr: 'Un peu' } },
      ],
    }
    expect(guessMap({ type: 'yes_no', options: [] }, to)).toEqual({ true: 'o', false: 'n' })
    expect(guessMap(to, { type: 'yes_no', options: [] })).toEqual({ o: 'true', n: 'false', p: null })
  })
})
