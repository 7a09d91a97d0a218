import { randomUUID } from 'node:crypto'
import { BY_OUTCOME } from '@fieldback/db/analytics/outcome-columns'
import type { AnswerValue } from '@fieldback/domain/field/answer'
import type { Clause, Condition } from '@fieldback/domain/field/condition-shape'
import { fieldSetHash, fieldSetMembers } from '@fieldback/domain/field/field-set'
import type { FieldEntity, FieldSpec } from '@fieldback/domain/field/field-spec'
import type { Operation } from '@fieldback/domain/sync/operation'
import type { TRPCError } from '@trpc/server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fold } from '../analytics/fold.job.ts'
import { arrangeField, openTestWorld, type TestOrg, type TestWorld } from '../test-world.ts'
import { errorShape } from '../trpc.ts'

let world: TestWorld
let north: TestOrg
beforeAll(async () => {
  world = await openTestWorld()
  north = world.north
})
afterAll(() => world.close())

type Place = keyof TestOrg['territories']
const as = (who: keyof TestOrg['people']) => world.callerFor(north.people[who])
const refusal = (promise: Promise<unknown>) =>
  promise.then(
    () => ({ code: 'accepted', params: {} }),
    (error: TRPCError) => errorShape(error),
  )
const yes = (field: string): Condition => ({ all: [{ field, op: 'is', value: true }] })
const on = (...all: Clause[]): Condition => ({ all })

const arranged = (
  place: Place,
  entity: FieldEntity,
  spec: Pick<FieldSpec, 'type'> & Partial<FieldSpec>,
  slot?: string,
) =>
  arrangeField(world.sql, north, {
    territoryId: north.territories[place],
    entity,
    key: `question ${randomUUID()}`,
    spec: { reportable: true, ...spec },
    ...(slot ? { slot } : {}),
  })
const draft = (place: Place, over: Partial<FieldSpec> = {}, entity: FieldEntity = 'report') => ({
  territoryId: north.territories[place],
  entity,
  spec: {
    label: { fr: `Question ${randomUUID()}` },
    why: { fr: 'Pour le test' },
    type: 'yes_no' as const,
    options: [],
    required: false,
    reportable: true,
    position: 0,
    shared: false,
    givebacks: [{ kind: 'badge' as const }],
    ...over,
  },
})

describe('the publication of a question that hangs on others', () => {
  it('is accepted over questions of its level and above, and reaches the phones with its condition', async () => {
    const above = await arranged('france', 'report', { type: 'yes_no' })
    const { fieldId } = await as('local').field.publish(draft('pyrenees', { shownIf: yes(above) }))
    const asked = await as('basqueRep').field.effective({ territoryId: north.territories.basque })
    expect(asked.find(({ id }) => id === fieldId)?.spec.shownIf).toEqual(yes(above))
  })
  it("is refused over a sibling's, over one below, and over one of another organisation", async () => {
    const breton = await arranged('bretagne', 'report', { type: 'yes_no' })
    const below = await arranged('basque', 'report', { type: 'yes_no' })
    for (const id of [breton, below, randomUUID()]) {
      const wanted = draft('pyrenees', { shownIf: yes(id) })
      expect(await refusal(as('local').field.publish(wanted)), id).toMatchObject({
        code: 'FIELD_REFERENCE_UNKNOWN',
      })
      const { fault } = await as('local').field.check({ ...wanted, fieldId: null })
      expect(fault?.code).toBe('FIELD_REFERENCE_UNKNOWN')
    }
  })
  it('is refused when it closes a circle, with its path', async () => {
    const first = await as('hq').field.publish(draft('france', { label: { fr: 'Premier rond' } }))
    const second = await as('hq').field.publish(
      draft('france', { label: { fr: 'Second rond' }, shownIf: yes(first.fieldId) }),
    )
    expect(
      await refusal(
        as('hq').field.publish({
          ...draft('france', { label: { fr: 'Premier rond' }, requiredIf: yes(second.fieldId) }),
          fieldId: first.fieldId,
          baseVersion: 1,
        }),
      ),
    ).toMatchObject({ code: 'FIELD_CYCLE', params: { path: 'Premier rond → Second rond → Premier rond' } })
  })
  it('is refused for a formula that cannot be read, with its place', async () => {
    const wanted = draft('pyrenees', { type: 'computed', formula: '1 + * 2' })
    expect(await refusal(as('local').field.publish(wanted))).toMatchObject({
      code: 'FIELD_FORMULA_WRONG',
      params: { reason: 'sign', at: 5, word: '*' },
    })
  })
  it('is refused for a condition nested too deep', async () => {
    const deep = { all: [{ any: [{ all: [{ fact: 'kind', op: 'answered' }] }] }] } as unknown as Condition
    expect(await refusal(as('local').field.publish(draft('pyrenees', { shownIf: deep })))).toMatchObject({
      code: 'INVALID_INPUT',
    })
  })
})

const envelope = (entityId: string = randomUUID(), seq = 1) => ({
  opId: randomUUID(),
  entityId,
  seq,
  base: 0,
  capturedAt: '2026-11-20T09:00:00.000Z',
  clockOffset: 0,
})
const say = (values: Readonly<Record<string, AnswerValue>>) =>
  Object.fromEntries(Object.entries(values).map(([id, x]) => [id, { v: 1, x }]))
type Create = Extract<Operation, { kind: 'report.create' }>
const report = (
  values: Readonly<Record<string, AnswerValue>>,
  over: Partial<Create['body']> = {},
): Create => ({
  ...envelope(),
  kind: 'report.create',
  body: {
    accountId: north.accounts.basque.id,
    contactId: north.accounts.basque.contactId,
    kind: 'visit',
    outcome: 'order',
    day: '2026-11-20',
    note: null,
    fieldSet: 'unknown',
    values: say(values),
    seconds: {},
    durationSeconds: 0,
    ...over,
  },
})
const send = async (...operations: Operation[]) => {
  const { membershipId } = north.people.basqueRep
  return (await as('basqueRep').sync.push({ protocol: 1, membershipId, operations })).answers
}
type Stored = {
  values: Record<string, { v: number; x: AnswerValue }>
  missing: string[]
  status: string
  field_set: string
  n06: number | null
}
const stored = async (id: string): Promise<Stored> => {
  const [row] = await world.sql<Stored>(north.orgId, 'SELECT * FROM report WHERE id = $1', [id])
  if (!row) throw new Error('the report is kept')
  return row
}

describe('a report of a form with conditions', () => {
  it('lacks what is required where it is shown, and keeps what was said of what is hidden', async () => {
    const sells = await arranged('basque', 'report', { type: 'yes_no' })
    const price = await arranged('basque', 'report', { type: 'decimal', required: true, shownIf: yes(sells) })
    const why = await arranged('basque', 'report', {
      type: 'short_text',
      requiredIf: on({ field: sells, op: 'is', value: false }),
    })
    const [shown, hidden] = [report({ [sells]: true }), report({ [sells]: false, [price]: 3 })]
    const answers = await send(shown, hidden)
    expect(answers).toMatchObject([{ missing: [price] }, { missing: [why] }])
    expect((await stored(hidden.entityId)).values[price]).toEqual({ v: 1, x: 3 })
    const amended: Operation = {
      ...envelope(shown.entityId, 2),
      base: 1,
      kind: 'report.amend',
      body: { values: say({ [sells]: false, [why]: 'Trop cher' }) },
    }
    expect(await send(amended)).toMatchObject([{ status: 'applied', reportStatus: 'accepted' }])
  })
  it('reads what the account and the contact say, and what this very save taught', async () => {
    const member = await arranged('basque', 'account', { type: 'yes_no' })
    const speaks = await arranged('basque', 'contact', { type: 'yes_no' })
    const asked = await arranged('basque', 'report', {
      type: 'yes_no',
      required: true,
      shownIf: on(
        { field: member, op: 'is', value: true },
        { field: speaks, op: 'is', value: true },
        { fact: 'contactMet', op: 'is', value: true },
        { fact: 'outcome', op: 'one_of', value: ['order'] },
      ),
    })
    const missing = async (...operations: Operation[]) => {
      const answer = (await send(...operations)).at(-1)
      return answer?.status === 'applied' && (answer.missing ?? []).includes(asked)
    }
    expect(await missing(report({}))).toBe(false)
    const update = (
      kind: 'account.update' | 'contact.update',
      id: string,
      values: Record<string, AnswerValue>,
    ): Operation => ({ ...envelope(id), kind, body: { values: say(values) } })
    expect(
      await missing(
        update('account.update', north.accounts.basque.id, { [member]: true }),
        update('contact.update', north.accounts.basque.contactId, { [speaks]: true }),
        report({}),
      ),
    ).toBe(true)
    expect(await missing(report({}, { outcome: 'none' }))).toBe(false)
    expect(await missing(report({}, { contactId: null }))).toBe(false)
  })
})

describe('a computed question', () => {
  it('is computed by the server whatever a phone sent, filled into its column, and again on a correction', async () => {
    const ovens = await arranged('basque', 'report', { type: 'integer' })
    const each = await arranged('basque', 'report', { type: 'decimal' })
    const total = await arranged(
      'basque',
      'report',
      { type: 'computed', formula: `{${ovens}} * {${each}}`, unit: '€' },
      'n06',
    )
    const first = report({ [ovens]: 3, [each]: 4.5, [total]: 1_000_000 })
    expect(await send(first)).toMatchObject([{ status: 'applied' }])
    expect(await stored(first.entityId)).toMatchObject({ values: { [total]: { v: 1, x: 13.5 } }, n06: 13.5 })
    const amend = (seq: number, values: Record<string, { v: number; x: AnswerValue } | null>): Operation => ({
      ...envelope(first.entityId, seq),
      base: seq - 1,
      kind: 'report.amend',
      body: { values },
    })
    await send(amend(2, { ...say({ [ovens]: 4 }), [total]: { v: 1, x: 7 } }))
    expect(await stored(first.entityId)).toMatchObject({ values: { [total]: { v: 1, x: 18 } }, n06: 18 })
    const history = await world.sql<{ after: Record<string, unknown> }>(
      north.orgId,
      'SELECT after FROM change WHERE entity_id = $1 ORDER BY version DESC LIMIT 1',
      [first.entityId],
    )
    expect(history[0]?.after[`values.${total}`]).toEqual({ v: 1, x: 18 })
    await send(amend(3, { [ovens]: null }))
    const last = await stored(first.entityId)
    expect(last.values).not.toHaveProperty(total)
    expect(last.n06).toBeNull()
    // Nobody gave it: the ledger owes nothing for it.
    await fold({ db: world.db }, north.orgId)
    expect(await world.sql(north.orgId, 'SELECT 1 FROM ledger_cell WHERE field_id = $1', [total])).toEqual([])
  })
})

describe('the roll-ups', () => {
  it('count a question as asked where its condition showed it alone', async () => {
    const sells = await arranged('bearn', 'report', { type: 'yes_no' })
    const ready = await arranged('bearn', 'report', { type: 'yes_no', shownIf: yes(sells) })
    const { membershipId } = north.people.bearnRep
    const rep = as('bearnRep')
    await rep.sync.pull({ protocol: 1, membershipId, cursor: null, frameTag: null, packAsOf: null })
    const asked = await rep.field.effective({ territoryId: north.territories.bearn })
    const fieldSet = fieldSetHash(fieldSetMembers(asked.filter(({ entity }) => entity === 'report')))
    const there = { accountId: north.accounts.bearn.id, contactId: null, fieldSet }
    const shown = report({ [sells]: true }, there)
    const push = (operations: Operation[]) => rep.sync.push({ protocol: 1, membershipId, operations })
    await push([shown, report({ [sells]: false }, there), report({}, there)])
    const cells = async () => {
      await fold({ db: world.db }, north.orgId)
      const rows = await world.sql<{ field: string; n: number }>(
        north.orgId,
        `SELECT field_id AS field, sum(n)::int AS n FROM rollup_cell c ${BY_OUTCOME}
          WHERE territory_id = $1 AND basis = 'today' AND bucket = '_asked' AND field_id = ANY ($2) GROUP BY field_id`,
        [north.territories.bearn, [sells, ready]],
      )
      const counts = new Map(rows.map(({ field, n }) => [field, n]))
      return { sells: counts.get(sells) ?? 0, ready: counts.get(ready) ?? 0 }
    }
    expect(await cells()).toEqual({ sells: 3, ready: 1 })
    const amend: Operation = {
      ...envelope(shown.entityId, 2),
      base: 1,
      kind: 'report.amend',
      body: { values: say({ [sells]: false }) },
    }
    await push([amend])
    expect(await cells()).toEqual({ sells: 3, ready: 0 })
    await push([
      { ...amend, ...envelope(shown.entityId, 3), base: 2, body: { values: say({ [sells]: true }) } },
    ])
    expect(await cells()).toEqual({ sells: 3, ready: 1 })
  })
})

describe('what hangs on a question', () => {
  it('is told to who may retire it: those of its branch, directly, live, and no others', async () => {
    const asked = await arranged('aquitaine', 'report', { type: 'yes_no' })
    const beside = await arranged('aquitaine', 'report', { type: 'integer' })
    const shown = await as('local').field.publish(draft('pyrenees', { shownIf: yes(asked) }))
    const required = await as('local').field.publish(draft('pyrenees', { requiredIf: yes(asked) }))
    await as('local').field.publish(draft('pyrenees', { shownIf: on({ field: beside, op: 'answered' }) }))
    const gone = await as('local').field.publish(draft('pyrenees', { shownIf: yes(asked) }))
    await as('local').field.retire({ fieldId: gone.fieldId })
    const told = await as('regional').field.dependants({ fieldId: asked })
    expect(told.map(({ fieldId, owner }) => [fieldId, owner.name])).toEqual(
      [shown.fieldId, required.fieldId].sort().map((id) => [id, 'pyrenees']),
    )
    expect((await refusal(as('local').field.dependants({ fieldId: asked }))).code).toBe('FORBIDDEN')
  })
})
