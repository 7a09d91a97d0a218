import { describe, expect, it } from 'vitest'
import type { BranchFacts } from '../giveback/check-giveback.ts'
import type { FieldDefinition, FieldEntity, FieldSpec } from './field-spec.ts'
import { keyOf, type PublishInput, planPublication, tidySpec } from './plan-publish.ts'

const facts: BranchFacts = {
  reps: 6,
  repsBelow: 6,
  authorsLast60Days: 6,
  reportsLast60Days: 60,
  accountsMetLast60Days: 40,
  contactsMetLast60Days: 40,
  accountsSeenTwiceIn60Days: 12,
  accountsReachable: 30,
  contactsReachable: 30,
}
const option = (id: string, fr = id) => ({ id, label: { fr } })
const spec = (over: Partial<FieldSpec> = {}): FieldSpec => ({
  label: { fr: 'Quel pétrin utilise-t-il ?' },
  why: { fr: 'Pour proposer la bonne cuve' },
  type: 'single_choice',
  options: [option('spirale'), option('axe_oblique')],
  required: false,
  reportable: true,
  position: 0,
  shared: false,
  givebacks: [{ kind: 'badge' }],
  ...over,
})
const input = (over: Partial<PublishInput> = {}): PublishInput => ({
  territoryId: 'pyrenees',
  entity: 'account',
  spec: spec(),
  previous: null,
  holders: [],
  slots: { anywhere: new Set(), overlapping: new Set() },
  facts,
  ...over,
})
const previous: FieldDefinition = {
  id: 'f',
  territoryId: 'pyrenees',
  entity: 'account',
  key: 'petrin',
  version: 3,
  retired: false,
  slot: 't04',
  spec: spec({ options: [option('spirale'), option('axe_oblique'), option('bras')] }),
}

describe('what a question is', () => {
  it('a key is the label in small letters, without accents, and never empty', () => {
    expect(keyOf('Quel pétrin utilise-t-il ?')).toBe('quel_petrin_utilise_t_il')
    expect(keyOf('¿ ?')).toBe('question')
    expect(keyOf(`${'x'.repeat(39)} yz`)).toBe('x'.repeat(39))
  })
  it('money is told in a currency, and in the same one from then on', () => {
    const money = spec({ type: 'money', options: [], currency: 'EUR', unit: 'k€' })
    expect(tidySpec('account', money)).not.toHaveProperty('unit')
    expect(planPublication(input({ spec: { ...money, currency: undefined } }))).toMatchObject({
      code: 'FIELD_CURRENCY_REQUIRED',
    })
    expect(planPublication(input({ spec: money }))).toMatchObject({ ok: true, slot: 'n01' })
    const before = { ...previous, spec: money }
    expect(planPublication(input({ spec: { ...money, currency: 'CHF' }, previous: before }))).toMatchObject({
      code: 'FIELD_TYPE_FIXED',
    })
  })
  it('a rating has a scale of three to ten, five unless said, that never changes', () => {
    const rating = (max?: number) =>
      spec({ type: 'rating', options: [], min: -4, ...(max === undefined ? {} : { max }) })
    expect(tidySpec('account', rating())).toMatchObject({ min: 1, max: 5 })
    const verdicts = [2, 3, 3.5, 10, 11].map((max) => planPublication(input({ spec: rating(max) })))
    expect(verdicts.map((plan) => (plan.ok ? plan.spec.max : plan.code))).toEqual([
      'FIELD_SCALE',
      3,
      'FIELD_SCALE',
      10,
      'FIELD_SCALE',
    ])
    const before = { ...previous, spec: tidySpec('account', rating(5)) }
    expect(planPublication(input({ spec: rating(10), previous: before }))).toMatchObject({
      code: 'FIELD_TYPE_FIXED',
    })
  })
  it('one to five photos are asked, one unless said, and of a report alone', () => {
    const photo = (max?: number) =>
      spec({ type: 'photo', options: [], ...(max === undefined ? {} : { max }) })
    const plan = (max?: number, entity: FieldEntity = 'report') =>
      planPublication(input({ spec: photo(max), entity }))
    const verdicts = [undefined, 0, 1, 2.5, 5, 6].map((max) => plan(max))
    expect(verdicts.map((one) => (one.ok ? one.spec.max : one.code))).toEqual([
      1,
      'FIELD_PHOTOS',
      1,
      'FIELD_PHOTOS',
      5,
      'FIELD_PHOTOS',
    ])
    for (const entity of ['account', 'contact'] as const)
      expect(plan(1, entity)).toMatchObject({ code: 'FIELD_PHOTO_OF_REPORT' })
  })
  it('what says how to reach somebody, or shows it, is never counted, and may be shared', () => {
    for (const type of [
      'phone',
      'email',
      'web_address',
      'postal_address',
      'position',
      'contact_reference',
      'photo',
    ] as const)
      expect(tidySpec('account', spec({ type, shared: true }))).toMatchObject({
        reportable: false,
        shared: true,
      })
  })
  it('what does not go with the type or the entity is dropped', () => {
    const tidy = tidySpec('report', spec({ type: 'short_text', min: 1, unit: 'kg', staleAfterDays: 30 }))
    expect(tidy).toMatchObject({ options: [], reportable: false })
    expect(tidy).not.toHaveProperty('min')
    expect(tidy).not.toHaveProperty('unit')
    expect(tidy).not.toHaveProperty('staleAfterDays')
  })
  it('a choice needs two offered answers', () => {
    const options = [option('a'), { ...option('b'), retired: true }]
    expect(planPublication(input({ spec: spec({ options }) }))).toMatchObject({
      code: 'FIELD_OPTIONS_REQUIRED',
    })
  })
  it('two answers never bear the same words or id, and "unknown" is not one', () => {
    for (const options of [
      [option('a', 'Oui'), option('b', 'oui')],
      [option('a', 'Oui'), option('a', 'Non')],
      [option('a'), option('unknown', 'Je ne sais pas')],
    ]) {
      expect(planPublication(input({ spec: spec({ options }) }))).toMatchObject({
        code: 'FIELD_OPTION_TWICE',
      })
    }
  })
  it('bounds are in order', () => {
    const number = spec({ type: 'integer', min: 10, max: 2 })
    expect(planPublication(input({ spec: number }))).toMatchObject({ code: 'FIELD_BOUNDS' })
  })
})

describe('no return, no question', () => {
  it('without a return it is refused', () => {
    expect(planPublication(input({ spec: spec({ givebacks: [] }) }))).toEqual({
      ok: false,
      code: 'GIVEBACK_MISSING',
      params: {},
    })
  })
  it('with returns that reach nobody it is refused with the first reason', () => {
    const plan = planPublication(input({ facts: { ...facts, accountsSeenTwiceIn60Days: 0 } }))
    expect(plan).toMatchObject({
      ok: false,
      code: 'GIVEBACK_NOT_WORKING',
      params: { kind: 'badge', reason: 'GIVEBACK_NO_SECOND_VISIT' },
    })
  })
  it('one working return is enough', () => {
    const givebacks = [{ kind: 'badge' as const }, { kind: 'comparison' as const }]
    expect(
      planPublication(input({ spec: spec({ givebacks }), facts: { ...facts, accountsSeenTwiceIn60Days: 0 } }))
        .ok,
    ).toBe(true)
  })
})

describe('the key', () => {
  const holder = {
    fieldId: 'g',
    key: 'quel_petrin_utilise_t_il',
    label: 'Quel pétrin utilise-t-il ?',
    retired: false,
    territoryId: 'aquitaine',
    territoryName: 'Nouvelle-Aquitaine',
  }
  it('borne by a live question above or below is refused, with its place', () => {
    expect(planPublication(input({ holders: [holder] }))).toMatchObject({
      code: 'FIELD_KEY_TAKEN',
      params: { territory: 'Nouvelle-Aquitaine' },
    })
  })
  it('is not enough: the same words under another key are refused too, for a new version as well', () => {
    const other = { ...holder, key: 'petrin', label: 'QUEL PETRIN UTILISE T IL' }
    expect(planPublication(input({ holders: [other] }))).toMatchObject({ code: 'FIELD_KEY_TAKEN' })
    const renamed = { ...previous, spec: spec({ label: { fr: 'Pétrin' } }) }
    expect(planPublication(input({ previous: renamed, holders: [other] }))).toMatchObject({
      code: 'FIELD_KEY_TAKEN',
    })
    expect(planPublication(input({ previous, holders: [other] })).ok).toBe(true)
  })
  it('of a retired question of another territory is free; of the same one, it gets a number', () => {
    expect(planPublication(input({ holders: [{ ...holder, retired: true }] }))).toMatchObject({
      key: holder.key,
    })
    const same = { ...holder, retired: true, territoryId: 'pyrenees' }
    expect(planPublication(input({ holders: [same] }))).toMatchObject({ key: `${holder.key}_2` })
  })
})

describe('the typed column', () => {
  it('is one that nobody uses, then one of a disjoint branch, then none: publication never fails for it', () => {
    const all = ['t01', 't02', 't03', 't04', 't05', 't06']
    const slotWith = (anywhere: string[], overlapping: string[]) => {
      const slots = { anywhere: new Set(anywhere), overlapping: new Set(overlapping) }
      const plan = planPublication(input({ slots }))
      return plan.ok ? plan.slot : 'refused'
    }
    expect(slotWith(['t01'], [])).toBe('t02')
    expect(slotWith(all, ['t01', 't02'])).toBe('t03')
    expect(slotWith(all, all)).toBeNull()
  })
})

describe('a new version', () => {
  it('follows the previous one and keeps key and column', () => {
    expect(planPublication(input({ previous, spec: spec({ label: { fr: 'Pétrin' } }) }))).toMatchObject({
      ok: true,
      version: 4,
      key: 'petrin',
      slot: 't04',
    })
  })
  it('retires the answers it leaves out, and deletes none', () => {
    const plan = planPublication(input({ previous }))
    expect(plan.ok && plan.spec.options).toEqual([
      option('spirale'),
      option('axe_oblique'),
      { ...option('bras'), retired: true },
    ])
  })
  it('never changes the type of the answers, nor whether they are counted', () => {
    for (const over of [{ type: 'yes_no' as const }, { reportable: false }]) {
      expect(planPublication(input({ previous, spec: spec(over) }))).toMatchObject({
        code: 'FIELD_TYPE_FIXED',
      })
    }
  })
  it('of a retired question is refused', () => {
    expect(planPublication(input({ previous: { ...previous, retired: true } }))).toMatchObject({
      code: 'CONFLICT',
    })
  })
})
