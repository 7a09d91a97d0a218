import {
  type FieldSpec,
  fieldSpec,
  type TighteningSpec,
  tighteningSpec,
} from '@fieldback/domain/field/field-spec'
import { planTightening } from '@fieldback/domain/field/plan-tightening'
import { asOwned } from '@fieldback/domain/field/resolve'
import { describe, expect, it } from 'vitest'
import {
  boundFault,
  draftOf,
  type Ground,
  isSame,
  saidAgain,
  saysSomething,
  specOf,
} from './tightening-draft.ts'

const HERE = { id: '0192a0f4-7c31-7d10-8a4e-5b6f7a9c3e21', name: 'Pyrénées-Atlantiques', rank: 2 } as const
const FRANCE = { id: 'fr', name: 'France', rank: 0 } as const
const option = (id: string, over: object = {}) => ({ id, label: { fr: id }, ...over })
const finer = (id: string, countsAs: string, retired = false) => ({
  ...option(id),
  countsAs,
  ...(retired ? { retired } : {}),
})
const own = (key: string, fr: string, countsAs: string) => ({ key, id: null, fr, en: '', countsAs })

function ground(asked: Partial<FieldSpec>, said?: Partial<TighteningSpec>): Ground {
  const spec = fieldSpec.parse({
    label: { fr: 'q' },
    why: { fr: 'w' },
    type: 'integer',
    givebacks: [],
    ...asked,
  })
  const definition = {
    id: 'q',
    territoryId: 'fr',
    entity: 'report',
    key: 'q',
    version: 1,
    retired: false,
    slot: null,
    spec,
  } as const
  return {
    territoryId: HERE.id,
    inherited: asOwned(definition, FRANCE),
    own: said ? { id: 't', territoryId: HERE.id, version: 3, spec: tighteningSpec.parse(said) } : null,
  }
}
const number = (said?: Partial<TighteningSpec>, over: Partial<FieldSpec> = {}) =>
  ground({ min: 0, max: 40, ...over }, said)
const choice = (said?: Partial<TighteningSpec>, over: Partial<FieldSpec> = {}) =>
  ground({ type: 'single_choice', options: ['white', 'rye', 'other'].map((id) => option(id)), ...over }, said)

describe('what a level writes of an inherited question', () => {
  it('is read by the server as it was written', () => {
    const on = choice()
    const draft = {
      ...draftOf(null),
      required: true,
      without: ['rye'],
      options: [own('o1', 'Maïs', 'other'), own('o2', ' ', 'other')],
    }
    const spec = specOf(draft, on)
    expect(spec).toEqual({
      required: true,
      without: ['rye'],
      options: [{ id: 'mais-9c3e21', label: { fr: 'Maïs' }, countsAs: 'other' }],
      locks: [],
    })
    expect(planTightening({ inherited: on.inherited, territory: HERE, previous: null, spec })).toMatchObject({
      ok: true,
      version: 1,
    })
  })
  it('begins with what is in force, and is the same until something changes', () => {
    const on = choice({
      without: ['rye'],
      options: [finer('corn', 'other')],
      help: { fr: 'Sur la porte' },
    })
    expect(isSame(draftOf(on.own), on)).toBe(true)
    expect(isSame({ ...draftOf(on.own), help: { fr: '', en: '' } }, on)).toBe(false)
  })
  it('gives a new answer an id that the question has never had, one taken back included', () => {
    const on = choice(
      { options: [finer('mais-9c3e21', 'other', true)] },
      { options: [option('white'), option('mais-9c3e21-2', { retired: true })] },
    )
    const options = [own('o1', 'Maïs', 'white'), own('o2', 'Maïs', 'white')]
    expect(specOf({ ...draftOf(on.own), options }, on).options.map(({ id }) => id)).toEqual([
      'mais-9c3e21-3',
      'mais-9c3e21-4',
    ])
  })
  it('of a locked aspect stays as it was said before, whatever was typed meanwhile', () => {
    const on = number({ min: 2 }, { locks: ['bounds', 'required'] })
    const spec = specOf({ ...draftOf(on.own), min: '9', required: true, help: { fr: 'Aide', en: '' } }, on)
    expect(spec).toMatchObject({ min: 2, help: { fr: 'Aide' } })
    expect(spec.required).toBeUndefined()
    expect(
      planTightening({ inherited: on.inherited, territory: HERE, previous: on.own, spec }),
    ).toMatchObject({ ok: true })
  })
  it('says nothing when all is taken back', () => {
    expect(saysSomething(specOf(draftOf(null), number()))).toBe(false)
    expect(saysSomething(specOf({ ...draftOf(null), locks: ['help'] }, number()))).toBe(true)
  })
})

describe('what is said again after all was taken back', () => {
  const again = (on: Ground) => on.own && saidAgain(HERE, { ...on, own: on.own })
  it('is all that was said', () => {
    const said = {
      without: ['rye'],
      options: [finer('corn', 'other')],
      required: true,
    } as const
    const on = choice(tighteningSpec.parse(said), {
      options: [
        option('white'),
        option('rye'),
        option('other'),
        option('corn', { retired: true, countsAs: 'other' }),
      ],
    })
    expect(again(on)).toEqual(tighteningSpec.parse(said))
  })
  it('without what a level above has overtaken since', () => {
    expect(again(number({ min: 2, required: true }, { min: 5 }))).toEqual({
      without: [],
      options: [],
      locks: [],
      required: true,
    })
    expect(again(number({ min: 2, required: true }, { locks: ['required'] }))).toMatchObject({ min: 2 })
    expect(again(choice({ without: ['gone'], help: { fr: 'Aide' } }))).toMatchObject({
      without: [],
      help: { fr: 'Aide' },
    })
  })
})

describe('a bound as it is typed', () => {
  const fault = (typed: { min?: string; max?: string }, on = number()) => {
    const draft = { ...draftOf(on.own), ...typed }
    return [boundFault('min', draft, on), boundFault('max', draft, on)]
  }
  it('may narrow what is inherited, one side or both', () => {
    expect(fault({ min: '2', max: '20,5' })).toEqual([null, null])
    expect(fault({ max: '40' })).toEqual([null, null])
  })
  it('out of reach is refused at once', () => {
    expect(fault({ min: '-1' })).toEqual(['outside', null])
    expect(fault({ min: '2', max: '41' })).toEqual([null, 'outside'])
    expect(fault({ max: 'x' })).toEqual([null, 'unreadable'])
  })
  it('leaves more than one answer', () => {
    expect(fault({ min: '20', max: '20' })).toEqual(['crossed', 'crossed'])
    expect(fault({ min: '40' })).toEqual(['crossed', null])
  })
  it('that was published before a level above became stricter is not wrong', () => {
    expect(fault({}, number({ min: 2 }, { min: 5 }))).toEqual([null, null])
    expect(fault({ min: '3' }, number({ min: 2 }, { min: 5 }))).toEqual(['outside', null])
  })
})
