import { randomUUID } from 'node:crypto'
import type { FieldSpec } from '@fieldback/domain/field/field-spec'
import { readAs } from '@fieldback/domain/field/read-as'
import type { TRPCError } from '@trpc/server'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { fold } from '../analytics/fold.job.ts'
import { push } from '../sync/push.ts'
import {
  arrangeAccount,
  arrangeField,
  openTestWorld,
  type TestOrg,
  type TestWorld,
  WORLD_NOW,
} from '../test-world.ts'
import { errorShape } from '../trpc.ts'
import { countChanges } from './count-change.job.ts'

let world: TestWorld
let north: TestOrg
let basque: string
let breton: string
let people: { basque: string; breton: string }

beforeAll(async () => {
  world = await openTestWorld()
  north = world.north
})
afterAll(() => world.close())
beforeEach(async () => {
  // A world of its own for each: questions of the test before would be in the way.
  await world.sql(north.orgId, 'UPDATE field_definition SET retired_at = now() WHERE retired_at IS NULL')
  const ask = (place: Place, key: string) =>
    arrangeField(world.sql, north, {
      territoryId: north.territories[place],
      entity: 'contact',
      key: `${key} ${randomUUID()}`,
      spec: { type: 'yes_no', reportable: true, label: { fr: key } },
    })
  basque = await ask('basque', 'Parle basque')
  breton = await ask('finistere', 'Parle breton')
  const [south, west] = [
    await arrangeAccount(world.sql, north.orgId, north.territories.basque, 'Fournil'),
    await arrangeAccount(world.sql, north.orgId, north.territories.finistere, 'Crêperie'),
  ]
  people = { basque: south.contactId, breton: west.contactId }
})

type Place = keyof TestOrg['territories']
type Who = keyof TestOrg['people']
const as = (who: Who) => world.callerFor(north.people[who])
const refusal = (promise: Promise<unknown>) =>
  promise.then(
    () => ({ code: 'accepted', params: {} }),
    (error: TRPCError) => errorShape(error),
  )
const askedAt = async (place: Place): Promise<string[]> =>
  (await as('hq').field.effective({ territoryId: north.territories[place] })).map(({ id }) => id)

const spec: FieldSpec = {
  label: { fr: 'Parle la langue régionale', en: 'Speaks the regional language' },
  why: { fr: 'Pour écrire dans leur langue' },
  type: 'yes_no',
  options: [],
  required: false,
  reportable: true,
  position: 0,
  shared: false,
  givebacks: [{ kind: 'badge' }],
}
const same = { true: 'true', false: 'false' }
type Request = Parameters<ReturnType<typeof as>['field']['promote']>[0]
const request = (more: Partial<Request> = {}): Request => ({
  territoryId: north.territories.france,
  entity: 'contact',
  spec,
  sources: [
    { fieldId: basque, version: 1, map: same },
    { fieldId: breton, version: 1, map: same },
  ],
  ...more,
})
const promote = (more: Partial<Request> = {}, who: Who = 'hq') => as(who).field.promote(request(more))

/** Answers a contact's question from a phone that knows it at version 1. */
async function say(
  who: 'basqueRep' | 'bretonRep',
  contactId: string,
  fieldId: string,
  x: boolean | string,
  d = '2026-11-20',
) {
  const session = north.people[who]
  const [row] = await world.sql<{ version: number; seq: number }>(
    north.orgId,
    `SELECT c.version, coalesce((SELECT max(seq) FROM sync_receipt WHERE entity_id = c.id AND device_id = $2), 0) AS seq FROM contact c WHERE c.id = $1`,
    [contactId, session.deviceId],
  )
  const answers = await push(world.deps, session, [
    {
      opId: randomUUID(),
      entityId: contactId,
      seq: Number(row?.seq ?? 0) + 1,
      kind: 'contact.update',
      base: row?.version ?? 1,
      capturedAt: WORLD_NOW.toISOString(),
      clockOffset: 0,
      body: { values: { [fieldId]: { v: 1, x, d } } },
    },
  ])
  return answers[0]?.status
}

const counts = async (fieldId: string, place: Place) => {
  await fold(world.deps, north.orgId)
  const { buckets, answered } = await as('hq').analytics.distribution({
    territoryId: north.territories[place],
    fieldId,
    basis: 'today',
    period: { from: '2026-01', to: '2026-11' },
  })
  return { answered, ...Object.fromEntries(buckets.map(({ bucket, n }) => [bucket, n])) }
}

describe('questions of several branches made into one', () => {
  it('ask once, and read all that was answered before as one series', async () => {
    expect(await say('basqueRep', people.basque, basque, true)).toBe('applied')
    expect(await say('bretonRep', people.breton, breton, false)).toBe('applied')
    const { fieldId, undoUntil } = await promote()
    expect(undoUntil).toBe('2026-12-20')
    for (const place of ['basque', 'finistere', 'bearn'] as const) {
      const asked = await askedAt(place)
      expect(asked).toContain(fieldId)
      expect(asked).not.toContain(basque)
      expect(asked).not.toContain(breton)
    }
    expect(await counts(fieldId, 'france')).toEqual({ answered: 2, true: 1, false: 1 })
    expect(await counts(fieldId, 'basque')).toEqual({ answered: 1, true: 1, false: 0 })
  })

  it('reads an answer on the phone as one to the new question, so that it is not asked again', async () => {
    await say('basqueRep', people.basque, basque, true, '2026-10-01')
    const { fieldId } = await promote()
    await world.settled()
    const page = await as('basqueRep').sync.pull({
      protocol: 1,
      membershipId: null,
      cursor: null,
      frameTag: null,
      packAsOf: null,
    })
    const field = page.frame?.fields.find(({ id }) => id === fieldId)
    const contact = page.contacts.find(({ id }) => id === people.basque)
    expect(field && contact && readAs(field, contact.values)).toEqual({
      v: 1,
      x: true,
      d: '2026-10-01',
      of: basque,
    })
    expect(page.frame?.pastFields.map(({ id }) => id)).toContain(basque)
  })

  it('count a person once, whichever of the questions was answered, and an old phone is heard', async () => {
    await say('basqueRep', people.basque, basque, true, '2026-10-01')
    const { fieldId } = await promote()
    expect(await say('basqueRep', people.basque, fieldId, false, '2026-11-01')).toBe('applied')
    expect(await counts(fieldId, 'basque')).toEqual({ answered: 1, true: 0, false: 1 })
    // A phone that has not heard of it yet, with the latest word.
    expect(await say('basqueRep', people.basque, basque, true, '2026-11-15')).toBe('applied')
    expect(await counts(fieldId, 'basque')).toEqual({ answered: 1, true: 1, false: 0 })
  })

  it('undone, ask exactly what was asked before, and keep what was answered meanwhile', async () => {
    await say('basqueRep', people.basque, basque, true, '2026-10-01')
    const before = { basque: await askedAt('basque'), finistere: await askedAt('finistere') }
    const { fieldId } = await promote()
    await say('basqueRep', people.basque, fieldId, false, '2026-11-01')
    await as('hq').field.undoPromotion({ fieldId })
    expect({ basque: await askedAt('basque'), finistere: await askedAt('finistere') }).toEqual(before)
    expect(await counts(basque, 'basque')).toEqual({ answered: 1, true: 1, false: 0 })
    expect(await counts(fieldId, 'basque')).toEqual({ answered: 1, true: 0, false: 1 })
    const [row] = await world.sql<{ values: Record<string, { x: boolean }> }>(
      north.orgId,
      'SELECT "values" FROM contact WHERE id = $1',
      [people.basque],
    )
    expect([row?.values[basque]?.x, row?.values[fieldId]?.x]).toEqual([true, false])
    // Twice is once.
    await as('hq').field.undoPromotion({ fieldId })
  })

  it('are undone within thirty days, by who may ask there', async () => {
    const { fieldId } = await promote()
    expect(await refusal(as('regional').field.undoPromotion({ fieldId }))).toMatchObject({
      code: 'FORBIDDEN',
    })
    expect(await refusal(as('hq').field.undoPromotion({ fieldId: basque }))).toMatchObject({
      code: 'CONFLICT',
    })
    await world.sql(
      north.orgId,
      `UPDATE field_promotion SET promoted_at = '2026-10-01' WHERE field_id = $1`,
      [fieldId],
    )
    expect(await refusal(as('hq').field.undoPromotion({ fieldId }))).toMatchObject({
      code: 'PROMOTION_SETTLED',
    })
  })

  it('cannot be asked again one by one while another replaces them', async () => {
    await promote()
    expect(await refusal(as('local').field.restore({ fieldId: basque }))).toMatchObject({
      code: 'FIELD_PROMOTED',
      params: { question: spec.label.fr },
    })
  })

  it('tell their owners what became of them and what they get, and nobody what others ask', async () => {
    const { fieldId } = await promote()
    const told = (await as('local').field.promotions({ territoryId: north.territories.pyrenees })).find(
      (one) => one.fieldId === fieldId,
    )
    expect(told).toMatchObject({ fieldId, canUndo: false, others: 1, undoneDay: null })
    expect(told?.sources).toEqual([
      expect.objectContaining({ fieldId: basque, given: ['badge'], label: { fr: 'Parle basque' } }),
    ])
    const above = await as('hq').field.promotions({ territoryId: north.territories.france })
    expect(above.find((one) => one.fieldId === fieldId)).toMatchObject({ canUndo: true, others: 0 })
  })

  it('leave a line in the journal for each question, with what it was before and after', async () => {
    const { fieldId } = await promote()
    await as('hq').field.undoPromotion({ fieldId })
    const lines = await world.sql<{ action: string; subject: string; both: boolean }>(
      north.orgId,
      `SELECT action, subject_id AS subject, detail ? 'before' AND detail ? 'after' AS both FROM audit_event
        WHERE subject_id = ANY ($1::uuid[]) AND action IN ('field.promote', 'field.replace', 'field.undoPromotion')`,
      [[fieldId, basque, breton]],
    )
    expect(lines.map(({ action, subject, both }) => [action, subject, both]).sort()).toEqual(
      [
        ['field.promote', fieldId, true],
        ['field.replace', basque, true],
        ['field.replace', breton, true],
        ['field.undoPromotion', fieldId, true],
      ].sort(),
    )
  })

  it('are refused below or beside the territories that ask them, and out of another branch', async () => {
    const at = (place: Place) => ({ territoryId: north.territories[place] })
    expect(await refusal(promote(at('basque')))).toMatchObject({ code: 'NOT_FOUND' })
    expect(await refusal(promote(at('aquitaine'), 'regional'))).toMatchObject({ code: 'NOT_FOUND' })
    const alone = { sources: [{ fieldId: basque, version: 1, map: same }] }
    expect(await refusal(promote({ ...at('basque'), ...alone }, 'local'))).toMatchObject({
      code: 'PROMOTION_PLACE',
    })
    expect(await refusal(promote({}, 'basqueRep'))).toMatchObject({ code: 'FORBIDDEN' })
    expect((await promote({ ...at('aquitaine'), ...alone }, 'regional')).key).toBe(
      'parle_la_langue_regionale',
    )
  })

  it('are refused without a return that works where they were asked', async () => {
    await world.sql(north.orgId, 'UPDATE assignment SET valid_to = $2 WHERE membership_id = $1', [
      north.people.bretonRep.membershipId,
      '2026-11-01',
    ])
    expect(await refusal(promote())).toMatchObject({
      code: 'PROMOTION_GIVES_NOTHING',
      params: { territory: 'finistere', kind: 'badge' },
    })
    await world.sql(north.orgId, 'UPDATE assignment SET valid_to = NULL WHERE membership_id = $1', [
      north.people.bretonRep.membershipId,
    ])
  })

  it('are refused when one of them was published meanwhile, or has an answer without a place', async () => {
    const with_ = (map: Record<string, string | null>, version = 1) => ({
      sources: [{ fieldId: basque, version, map }],
    })
    expect(await refusal(promote(with_(same, 2)))).toMatchObject({ code: 'CONFLICT' })
    expect(await refusal(promote(with_({ true: 'true' })))).toMatchObject({
      code: 'PROMOTION_MAP',
      params: { option: 'false' },
    })
  })

  it('stay as strict as their branches made them, or say so first', async () => {
    await world.sql(
      north.orgId,
      `UPDATE field_version SET spec = spec || '{"required": true}' WHERE field_id = $1`,
      [basque],
    )
    const locked = { ...spec, locks: ['required' as const] }
    expect(await refusal(promote({ spec: locked }))).toMatchObject({ code: 'PROMOTION_LOOSENS' })
    const preview = await as('hq').field.previewPromotion(request({ spec: locked }))
    expect(preview.loosened).toEqual([
      { place: expect.objectContaining({ name: 'basque' }), aspect: 'required' },
    ])
    const { fieldId } = await promote()
    const required = async (place: Place) =>
      (await as('hq').field.effective({ territoryId: north.territories[place] })).find(
        ({ id }) => id === fieldId,
      )?.spec.required
    expect([await required('basque'), await required('finistere'), await required('bearn')]).toEqual([
      true,
      false,
      false,
    ])
  })

  it('are shown beforehand: whom it concerns, what joins, what cannot', async () => {
    await say('basqueRep', people.basque, basque, true)
    await say('bretonRep', people.breton, breton, false)
    await fold(world.deps, north.orgId)
    const preview = await as('hq').field.previewPromotion(
      request({
        sources: [
          { fieldId: basque, version: 1, map: same },
          { fieldId: breton, version: 1, map: { true: 'true', false: null } },
        ],
      }),
    )
    expect(preview).toMatchObject({ fault: null, joined: 1, reps: 3, newlyAsked: 1, undoUntil: '2026-12-20' })
    expect(
      preview.sources.map(({ answered, left, reps, given }) => ({ answered, left, reps, given })),
    ).toEqual([
      { answered: 1, left: 0, reps: 1, given: ['badge'] },
      { answered: 1, left: 1, reps: 1, given: ['badge'] },
    ])
  })
})

describe('questions that are likely one', () => {
  it('are proposed above both with their evidence, until somebody says that they are not the same', async () => {
    const [group] = await as('hq').field.twins({ territoryId: north.territories.france })
    expect(group?.questions.map(({ id }) => id).sort()).toEqual([basque, breton].sort())
    expect(group).toMatchObject({ promotable: true, entity: 'contact' })
    expect(group?.pairs[0]?.shared).toContain('parl')
    const pair = { territoryId: north.territories.france, a: breton, b: basque }
    await as('hq').field.setApart(pair)
    expect(await as('hq').field.twins({ territoryId: north.territories.france })).toEqual([])
    await as('hq').field.setApart({ ...pair, apart: false })
    expect(await as('hq').field.twins({ territoryId: north.territories.france })).toHaveLength(1)
  })
  it('are no business of one of the branches alone', async () => {
    expect(await as('regional').field.twins({ territoryId: north.territories.aquitaine })).toEqual([])
    expect(
      await refusal(as('basqueRep').field.twins({ territoryId: north.territories.basque })),
    ).toMatchObject({
      code: 'FORBIDDEN',
    })
    const pair = { territoryId: north.territories.aquitaine, a: basque, b: breton }
    expect(await refusal(as('regional').field.setApart(pair))).toMatchObject({ code: 'NOT_FOUND' })
  })
})

describe('a concept', () => {
  const create = (who: Who = 'hq', place: Place = 'france') =>
    as(who).concept.create({
      territoryId: north.territories[place],
      entity: 'contact',
      spec: { label: { fr: 'Parle la langue du pays' }, type: 'yes_no', options: [] },
      links: [
        { fieldId: basque, map: same },
        { fieldId: breton, map: same },
      ],
    })

  it('counts the answers of several questions together, each where it belongs', async () => {
    await say('basqueRep', people.basque, basque, true)
    await say('bretonRep', people.breton, breton, true)
    const { conceptId } = await create()
    expect(await counts(conceptId, 'france')).toEqual({ answered: 2, true: 2, false: 0 })
    expect(await counts(conceptId, 'bretagne')).toEqual({ answered: 1, true: 1, false: 0 })
    const fields = await as('hq').analytics.fields({ territoryId: north.territories.france })
    expect(fields.find(({ id }) => id === conceptId)).toMatchObject({ concept: true, type: 'yes_no' })
    await as('hq').concept.unlink({ fieldId: breton })
    expect(await counts(conceptId, 'france')).toEqual({ answered: 1, true: 1, false: 0 })
  })

  it('counts on when its questions are made into one, and nobody twice', async () => {
    await say('basqueRep', people.basque, basque, true, '2026-10-01')
    const { conceptId } = await create()
    const { fieldId } = await promote()
    await say('basqueRep', people.basque, fieldId, false, '2026-11-01')
    expect(await counts(conceptId, 'france')).toEqual({ answered: 1, true: 0, false: 1 })
    await as('hq').field.undoPromotion({ fieldId })
    expect(await counts(conceptId, 'france')).toEqual({ answered: 1, true: 1, false: 0 })
  })

  it('counts on when one of its questions takes another type, and when that is taken back', async () => {
    await say('basqueRep', people.basque, basque, true, '2026-10-01')
    await say('bretonRep', people.breton, breton, true)
    const { conceptId } = await create()
    const { definition } = await as('local').field.get({ fieldId: basque })
    const { fieldId } = await as('local').field.retype({
      fieldId: basque,
      version: definition.version,
      spec: {
        ...definition.spec,
        type: 'single_choice',
        options: ['fluent', 'a_little', 'no'].map((id) => ({ id, label: { fr: id } })),
      },
      way: { map: { true: 'fluent', false: 'no' }, steps: [] },
    })
    await countChanges(world.deps, north.orgId)
    expect(await counts(conceptId, 'france')).toEqual({ answered: 2, true: 2, false: 0 })
    await say('basqueRep', people.basque, fieldId, 'no', '2026-11-01')
    expect(await counts(conceptId, 'france')).toEqual({ answered: 2, true: 1, false: 1 })
    await as('local').field.undoPromotion({ fieldId })
    expect(await counts(conceptId, 'france')).toEqual({ answered: 2, true: 2, false: 0 })
  })

  it('is of those who may define above all its questions; an owner may take his own out', async () => {
    expect(await refusal(create('regional'))).toMatchObject({ code: 'FORBIDDEN' })
    expect(await refusal(create('regional', 'aquitaine'))).toMatchObject({ code: 'NOT_FOUND' })
    const { conceptId } = await create()
    expect(await refusal(as('local').concept.link({ conceptId, fieldId: basque, map: same }))).toMatchObject({
      code: 'FORBIDDEN',
    })
    expect(await refusal(as('local').concept.unlink({ fieldId: breton }))).toMatchObject({
      code: 'FORBIDDEN',
    })
    await as('local').concept.unlink({ fieldId: basque })
    const listed = async (who: Who, place: Place) =>
      (await as(who).concept.list({ territoryId: north.territories[place] })).find(
        ({ id }) => id === conceptId,
      )
    expect(await listed('local', 'pyrenees')).toMatchObject({
      id: conceptId,
      links: [],
      others: 1,
      canDefine: false,
    })
    expect(await refusal(as('hq').concept.remove({ conceptId }))).toMatchObject({ code: 'CONFLICT' })
    await as('hq').concept.unlink({ fieldId: breton })
    await as('hq').concept.remove({ conceptId })
    expect(await listed('hq', 'france')).toBeUndefined()
  })

  it('takes no free text, nothing of another kind, and no answer without its place', async () => {
    const { conceptId } = await create()
    const text = await arrangeField(world.sql, north, {
      territoryId: north.territories.basque,
      entity: 'contact',
      key: randomUUID(),
      spec: { type: 'short_text' },
    })
    const link = (fieldId: string, map: Record<string, string | null>) =>
      refusal(as('hq').concept.link({ conceptId, fieldId, map }))
    expect(await link(text, {})).toMatchObject({ code: 'CONCEPT_TYPE' })
    expect(await link(basque, { true: 'true' })).toMatchObject({ code: 'CONCEPT_MAP' })
    expect(await link(basque, { true: 'true', false: 'maybe' })).toMatchObject({ code: 'CONCEPT_MAP' })
    const other = await as('hq').concept.create({
      territoryId: north.territories.france,
      entity: 'contact',
      spec: { label: { fr: 'Autre' }, type: 'yes_no', options: [] },
      links: [],
    })
    expect(
      await refusal(as('hq').concept.link({ conceptId: other.conceptId, fieldId: basque, map: same })),
    ).toMatchObject({ code: 'CONCEPT_LINKED' })
    await as('hq').concept.unlink({ fieldId: basque })
    await as('hq').concept.unlink({ fieldId: breton })
    await as('hq').concept.remove({ conceptId })
    await as('hq').concept.remove({ conceptId: other.conceptId })
  })

  it('leaves its lines in the journal, with what was before and after', async () => {
    const { conceptId } = await create()
    await as('hq').concept.unlink({ fieldId: basque })
    const lines = await world.sql<{ action: string }>(
      north.orgId,
      `SELECT action FROM audit_event WHERE (subject_id = $1 OR detail ->> 'conceptId' = $1::text) AND detail ? 'before' AND detail ? 'after'`,
      [conceptId],
    )
    expect(lines.map(({ action }) => action).sort()).toEqual([
      'concept.create',
      'concept.link',
      'concept.link',
      'concept.unlink',
    ])
  })
})
