import type { TRPCError } from '@trpc/server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { arrangeField, openTestWorld, type TestOrg, type TestWorld } from '../test-world.ts'
import { errorShape } from '../trpc.ts'

let world: TestWorld
let north: TestOrg
const asked: Partial<Record<'basque' | 'bearn' | 'finistere' | 'france', string>> = {}
beforeAll(async () => {
  world = await openTestWorld()
  north = world.north
  for (const place of ['basque', 'bearn', 'finistere', 'france'] as const)
    asked[place] = await arrangeField(world.sql, north, {
      territoryId: north.territories[place],
      entity: 'report',
      key: `q_${place}`,
      spec: {
        type: 'single_choice',
        label: { fr: `Question ${place}` },
        why: { fr: 'Pourquoi', en: 'Why' },
        options: [{ id: 'yes', label: { fr: 'Oui' } }],
      },
    })
})
afterAll(() => world.close())

const as = (who: keyof TestOrg['people'], org: TestOrg = north) => world.callerFor(org.people[who]).field
const refusal = (promise: Promise<unknown>) =>
  promise.then(
    () => 'accepted',
    (error: TRPCError) => errorShape(error).code,
  )

describe('words to translate', () => {
  it('are those of the questions that the reader may change, here and below, text by text', async () => {
    const { fields, more } = await as('local').untranslated({ territoryId: north.territories.pyrenees })
    expect(more).toBe(0)
    expect(fields.map(({ by }) => by.name).sort()).toEqual(['basque', 'bearn'])
    expect(fields[0]?.texts.map(({ part, words }) => [part, words.en ?? null])).toEqual([
      ['label', null],
      ['why', 'Why'],
      ['option.yes', null],
    ])
  })
  it('are published as a version that changes nothing else, and is not judged again', async () => {
    const fieldId = asked.basque ?? ''
    const before = await as('local').get({ fieldId })
    const words = { label: 'Basque question', 'option.yes': 'Yes' }
    const { version, previous } = await as('local').translate({ fieldId, baseVersion: 1, words })
    expect([version, previous]).toEqual([2, { label: '', 'option.yes': '' }])
    const { definition } = await as('local').get({ fieldId })
    expect(definition.spec).toEqual({
      ...before.definition.spec,
      label: { fr: 'Question basque', en: 'Basque question' },
      options: [{ id: 'yes', label: { fr: 'Oui', en: 'Yes' } }],
    })
    const [line] = (await world.callerFor(north.people.admin).audit.list({ kind: 'field' })).lines
    expect(line).toMatchObject({
      action: 'field.translate',
      changes: [{ aspect: 'label' }, { aspect: 'optionsRenamed' }],
    })
    await as('local').translate({ fieldId, baseVersion: 2, words: previous })
    expect((await as('local').get({ fieldId })).definition.spec).toEqual(before.definition.spec)
  })
  it('of a version that is no longer in force, of a retired question, or without the right, are refused', async () => {
    const fieldId = asked.bearn ?? ''
    const words = { label: 'x' }
    expect(await refusal(as('local').translate({ fieldId, baseVersion: 7, words }))).toBe('CONFLICT')
    expect(await refusal(as('bearnRep').translate({ fieldId, baseVersion: 1, words }))).toBe('FORBIDDEN')
    const above = { fieldId: asked.france ?? '', baseVersion: 1, words }
    expect(await refusal(as('local').translate(above))).toBe('FORBIDDEN')
    expect(await refusal(as('local', world.other).translate(above))).toBe('NOT_FOUND')
    await world.sql(north.orgId, 'UPDATE field_definition SET retired_at = now() WHERE id = $1', [fieldId])
    expect(await refusal(as('local').translate({ fieldId, baseVersion: 1, words }))).toBe('CONFLICT')
    await world.sql(north.orgId, 'UPDATE field_definition SET retired_at = NULL WHERE id = $1', [fieldId])
  })
})

describe('words that a level adds to a question from above', () => {
  it('lack English there, for who changes them, and are given as a version of their own', async () => {
    const fieldId = asked.france ?? ''
    const at = { territoryId: north.territories.pyrenees, fieldId }
    const options = [{ id: 'yes_64', label: { fr: 'Oui, en ville' }, countsAs: 'yes' }]
    await as('local').tighten({ ...at, spec: { options, help: { fr: 'Demandez' } } })
    const added = async (who: keyof TestOrg['people'], place: keyof TestOrg['territories']) =>
      (await as(who).untranslated({ territoryId: north.territories[place] })).fields.filter(
        (one) => one.added && one.fieldId === fieldId,
      )
    expect(await added('local', 'pyrenees')).toMatchObject([
      { version: 1, by: { name: 'pyrenees' }, texts: [{ part: 'help' }, { part: 'option.yes_64' }] },
    ])
    expect(await added('hq', 'france')).toHaveLength(1)
    const words = { help: 'Ask', 'option.yes_64': 'Yes, in town' }
    const sent = { ...at, baseVersion: 1, words }
    expect(await refusal(as('bearnRep').translateAdded(sent))).toBe('FORBIDDEN')
    expect(await refusal(as('local').translateAdded({ ...sent, baseVersion: 4 }))).toBe('CONFLICT')
    const { version, previous } = await as('local').translateAdded(sent)
    expect([version, previous]).toEqual([2, { help: '', 'option.yes_64': '' }])
    expect(await added('local', 'pyrenees')).toEqual([])
    const [here] = (await as('local').effective({ territoryId: at.territoryId })).filter(
      ({ id }) => id === fieldId,
    )
    expect(here?.spec.help).toEqual({ fr: 'Demandez', en: 'Ask' })
    await as('local').translateAdded({ ...at, baseVersion: 2, words: previous })
    expect(await added('local', 'pyrenees')).toHaveLength(1)
    await as('local').tighten({ ...at, baseVersion: 3, spec: {} })
  })
})

describe('questions to copy', () => {
  const names = async (who: keyof TestOrg['people'], place: keyof TestOrg['territories'], search = '') =>
    (await as(who).copyable({ territoryId: north.territories[place], search })).fields.map(
      ({ owner }) => owner.name,
    )
  it('are those of other branches that the reader reads by his rights: not asked here, not below, not beyond', async () => {
    expect(await names('local', 'basque')).toEqual(['bearn'])
    expect(await names('local', 'pyrenees')).toEqual([])
    expect((await names('hq', 'basque')).sort()).toEqual(['bearn', 'finistere'])
    expect(await names('hq', 'basque', 'FINIST')).toEqual(['finistere'])
  })
  it('are for who defines there', async () => {
    expect(await refusal(as('basqueRep').copyable({ territoryId: north.territories.basque }))).toBe(
      'FORBIDDEN',
    )
    expect(await refusal(as('local').copyable({ territoryId: north.territories.finistere }))).toBe(
      'FORBIDDEN',
    )
  })
})
