import { describe, expect, it } from 'vitest'
import { assumedPlan, expectedFlow } from '../giveback/expected-facts.ts'
import { fitsType } from '../giveback/fits-type.ts'
import { fieldSpec } from './field-spec.ts'
import { keyOf, planPublication, tidySpec } from './plan-publish.ts'
import { STARTER_FIELDS } from './starter-fields.ts'

describe.each(STARTER_FIELDS.map((field) => [field.key, field] as const))('%s', (_key, { entity, spec }) => {
  it('is a question that the builder would make, in French and English', () => {
    expect(fieldSpec.parse(spec)).toEqual(spec)
    expect(tidySpec(entity, spec)).toEqual(spec)
    const texts = [spec.label, spec.why, ...spec.options.map(({ label }) => label)]
    for (const text of texts) expect(text.en?.trim()).toBeTruthy()
  })
  it('has returns that go with its answers', () => {
    expect(spec.givebacks.length).toBeGreaterThan(0)
    for (const giveback of spec.givebacks) expect(fitsType(giveback.kind, spec.type)).toBe(true)
  })
  it('would be published by the usual rules in an organisation of one rep and no account', () => {
    const facts = {
      reps: 1,
      repsBelow: 1,
      accountsReachable: 0,
      contactsReachable: 0,
      ...expectedFlow(assumedPlan(1), 1),
      basis: 'assumed',
    } as const
    const slots = { anywhere: new Set<string>(), overlapping: new Set<string>() }
    const wish = { territoryId: 'root', entity, spec, previous: null, holders: [], slots }
    expect(planPublication({ ...wish, facts })).toMatchObject({ ok: true })
    expect(planPublication({ ...wish, facts: { ...facts, reps: 0 } })).toMatchObject({
      code: 'GIVEBACK_NOT_WORKING',
      params: { reason: 'GIVEBACK_NO_REP' },
    })
  })
})

it('no two are named alike', () => {
  for (const names of [
    STARTER_FIELDS.map(({ key }) => key),
    STARTER_FIELDS.map(({ spec }) => keyOf(spec.label.fr)),
  ])
    expect(new Set(names).size).toBe(STARTER_FIELDS.length)
})
