import type { Condition } from '@fieldback/domain/field/condition-shape'
import { fieldSpec } from '@fieldback/domain/field/field-spec'
import { describe, expect, it } from 'vitest'
import { accountDraftOf, type Draft, draftOf, emptyDraft, missingOf, specOf } from './draft.ts'

const words = (fr: string, en = '') => ({ fr, en })
const option = (key: string, fr: string, id: string | null = null) => ({ key, id, ...words(fr) })
const draft = (over: Partial<Draft> = {}): Draft => ({
  ...emptyDraft,
  label: words('Quel pétrin utilise-t-il ?'),
  why: words('Pour proposer la bonne cuve'),
  options: [option('a', 'Spirale'), option('b', 'Axe oblique')],
  returns: ['badge'],
  ...over,
})

describe('a draft', () => {
  it('makes a question that the server reads', () => {
    expect(fieldSpec.safeParse(specOf(draft())).success).toBe(true)
    expect(specOf(draft()).options.map(({ id }) => id)).toEqual(['spirale', 'axe_oblique'])
  })
  it('gives new answers ids of their own, and keeps those of published ones', () => {
    const options = [
      option('a', 'Oui', 'spirale'),
      option('b', 'Spirale'),
      option('c', '日本'),
      option('d', 'Unknown'),
    ]
    expect(specOf(draft({ options })).options.map(({ id }) => id)).toEqual([
      'spirale',
      'spirale_2',
      'o_2',
      'unknown_2',
    ])
  })
  it('of a question asked on the account keeps its words, answers and returns, not what it hung on in a report', () => {
    const shownIf: Condition = { all: [{ fact: 'outcome', op: 'is', value: 'order' }] }
    const spec = { ...specOf(draft()), shownIf, requiredIf: shownIf, locks: ['required' as const] }
    const question = {
      id: 'q',
      territoryId: 'fr',
      entity: 'report',
      key: 'q',
      version: 3,
      retired: false,
      slot: 't01',
      spec,
    } as const
    const moved = accountDraftOf(question, 180)
    expect(moved).toMatchObject({ entity: 'account', returns: ['badge'] })
    expect(specOf(moved)).toEqual({ ...specOf(draft()), staleAfterDays: 180 })
  })
  it('leaves out lines without words, and what does not go with the type', () => {
    const empty = draft({ options: [option('a', 'Spirale'), option('b', ' ')], min: '3', unit: 'kg' })
    expect(specOf(empty).options).toHaveLength(1)
    expect(specOf(empty)).not.toHaveProperty('min')
    expect(specOf({ ...empty, type: 'integer' })).toMatchObject({ min: 3, unit: 'kg', options: [] })
  })
  it('reads figures as they are typed in French', () => {
    expect(specOf(draft({ type: 'decimal', min: '1 200,5', max: 'x' }))).toMatchObject({ min: 1200.5 })
    expect(specOf(draft({ type: 'decimal', max: 'x' }))).not.toHaveProperty('max')
  })
  it('counts chosen answers in its list, the first one when none is chosen yet', () => {
    const segment = (over: Partial<Draft>) =>
      specOf(draft({ returns: ['segment'], ...over })).givebacks.map((g) => g.kind === 'segment' && g.options)
    expect(segment({ segmentOptions: ['b'] })).toEqual([['axe_oblique']])
    expect(segment({})).toEqual([['spirale']])
    expect(segment({ type: 'yes_no', segmentOptions: ['false'] })).toEqual([['false']])
    expect(segment({ type: 'yes_no' })).toEqual([['true']])
  })
  it('of a calculation keeps its formula, its unit and its digits; it is required of nobody', () => {
    const computed = draft({
      type: 'computed',
      formula: '{a} * 2',
      unit: '€',
      decimals: 0,
      required: true,
      min: '3',
    })
    expect(specOf(computed)).toMatchObject({ formula: '{a} * 2', unit: '€', decimals: 0, required: false })
    expect(specOf(computed)).not.toHaveProperty('min')
    expect(specOf(draft({ formula: '{a} * 2' }))).not.toHaveProperty('formula')
    expect(specOf(draftOf({ entity: 'report', spec: specOf(computed) }))).toEqual(specOf(computed))
  })
  it('keeps its conditions; one that is required of all needs no other reason', () => {
    const shownIf: Condition = { all: [{ fact: 'kind', op: 'is', value: 'client' }] }
    const requiredIf: Condition = { any: [{ fact: 'outcome', op: 'is', value: 'order' }] }
    const spec = { ...specOf(draft()), shownIf, requiredIf }
    expect(specOf(draftOf({ entity: 'report', spec }))).toEqual(spec)
    expect(specOf({ ...draftOf({ entity: 'report', spec }), required: true })).not.toHaveProperty(
      'requiredIf',
    )
  })
  it('says a line of help, and that a text is shared, as they are written', () => {
    const told = draft({ type: 'long_text', help: words('Sur la plaque ', ''), shared: true })
    expect(specOf(told)).toMatchObject({ help: { fr: 'Sur la plaque' }, shared: true })
    expect(specOf(draft({ help: words(' ', 'On the plate') }))).not.toHaveProperty('help')
  })
  it('of a published question keeps all that this screen does not show', () => {
    const published = fieldSpec.parse({
      label: { fr: 'Fin de bail' },
      help: { fr: 'Sur le contrat' },
      why: { fr: 'Pour revenir à temps' },
      type: 'date',
      reportable: false,
      shared: true,
      locks: ['required', 'help'],
      position: 4,
      givebacks: [
        { kind: 'reminder', label: { fr: 'Bail' }, daysBefore: 45 },
        { kind: 'reminder', label: { fr: 'Bail, dernier rappel' }, daysBefore: 5 },
      ],
    })
    expect(specOf(draftOf({ entity: 'account', spec: published }))).toEqual(published)
  })
  it('is written again from what was published', () => {
    const spec = specOf(
      draft({ returns: ['segment', 'badge'], segment: words('À spirale'), segmentOptions: ['a'] }),
    )
    expect(specOf(draftOf({ entity: 'report', spec }))).toEqual(spec)
  })
  it('says what is missing in the order of the page', () => {
    expect(missingOf(emptyDraft)).toBe('label')
    expect(missingOf(draft({ why: words('') }))).toBe('why')
    expect(missingOf(draft({ options: [option('a', 'Seule')] }))).toBe('options')
    expect(missingOf(draft({ returns: [] }))).toBe('returns')
    expect(missingOf(draft())).toBeNull()
  })
})
