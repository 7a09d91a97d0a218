import type { TRPCError } from '@trpc/server'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { arrangeField, openTestWorld, type TestOrg, type TestWorld } from '../test-world.ts'
import { errorShape } from '../trpc.ts'

let world: TestWorld
let north: TestOrg
beforeAll(async () => {
  world = await openTestWorld()
  north = world.north
})
afterAll(() => world.close())

let asked: string[] = []
beforeEach(async () => {
  await world.sql(north.orgId, 'DELETE FROM field_version')
  await world.sql(north.orgId, 'DELETE FROM field_definition')
  asked = []
  for (const [key, position] of [
    ['one', 10],
    ['two', 20],
    ['three', 30],
  ] as const)
    asked.push(await arrange(key, position))
})

const arrange = (key: string, position: number, entity: 'report' | 'account' = 'report') =>
  arrangeField(world.sql, north, {
    territoryId: north.territories.pyrenees,
    entity,
    key,
    spec: { type: 'yes_no', position, label: { fr: key } },
  })
const as = (who: keyof TestOrg['people'], org: TestOrg = north) => world.callerFor(org.people[who]).field
const put = (who: keyof TestOrg['people'], order: readonly string[], known?: readonly string[]) =>
  as(who).reorder({
    territoryId: north.territories.pyrenees,
    entity: 'report',
    order: [...order],
    ...(known ? { known: [...known] } : {}),
  })
const refusal = (promise: Promise<unknown>) =>
  promise.then(
    () => 'accepted',
    (error: TRPCError) => errorShape(error).code,
  )
const orderOnPhones = async () =>
  (await as('basqueRep').effective({ territoryId: north.territories.basque })).map(({ key }) => key)
const versions = () =>
  world.sql<{ key: string; v: number }>(
    north.orgId,
    'SELECT key, current_version AS v FROM field_definition ORDER BY key',
  )

describe('questions put in another order', () => {
  it('are asked so in the branch, and only the one that moved has a new version', async () => {
    const [one = '', two = '', three = ''] = asked
    expect(await put('local', [three, one, two])).toEqual({ previous: asked, versions: 1 })
    expect(await orderOnPhones()).toEqual(['three', 'one', 'two'])
    expect(await versions()).toEqual([
      { key: 'one', v: 1 },
      { key: 'three', v: 2 },
      { key: 'two', v: 1 },
    ])
    await put('local', asked)
    expect(await orderOnPhones()).toEqual(['one', 'two', 'three'])
  })
  it('keep all else they said, and are not judged again: their returns work for nobody yet', async () => {
    await put('local', asked.toReversed())
    const { definition } = await as('local').get({ fieldId: asked[0] ?? '' })
    expect(definition.spec).toMatchObject({ givebacks: [{ kind: 'badge' }], label: { fr: 'one' } })
  })
  it('are told in the journal, with the order before and after', async () => {
    const [one = '', two = '', three = ''] = asked
    await put('local', [two, one, three])
    const { lines } = await world.callerFor(north.people.admin).audit.list({ kind: 'field' })
    expect(lines[0]).toMatchObject({
      action: 'field.reorder',
      words: { subject: 'pyrenees' },
      changes: [
        {
          aspect: 'order',
          from: [{ fr: 'one' }, { fr: 'two' }, { fr: 'three' }],
          to: [{ fr: 'two' }, { fr: 'one' }, { fr: 'three' }],
        },
      ],
    })
    const before = lines.length
    await put('local', [two, one, three])
    const after = (await world.callerFor(north.people.admin).audit.list({ kind: 'field' })).lines
    expect(after).toHaveLength(before)
  })
  it('by two at once: the second is told, and nothing of the first is lost', async () => {
    const [one = '', two = '', three = ''] = asked
    await put('regional', [three, two, one], asked)
    expect(await refusal(put('local', [two, one, three], asked))).toBe('CHANGED_MEANWHILE')
    expect(await orderOnPhones()).toEqual(['three', 'two', 'one'])
  })
  it('are all those of the territory and none twice, each asked of the same', async () => {
    const [one = '', two = '', three = ''] = asked
    const account = await arrange('account', 0, 'account')
    for (const order of [
      [one, two],
      [one, two, two],
      [one, two, three, account],
      [one, two, account],
    ])
      expect(await refusal(put('local', order))).toBe('CONFLICT')
  })
  it('are for who defines there: not a rep, not another branch or organisation', async () => {
    expect(await refusal(put('basqueRep', asked))).toBe('FORBIDDEN')
    expect(await refusal(put('admin', asked))).toBe('FORBIDDEN')
    const elsewhere = { territoryId: north.territories.bretagne, entity: 'report' as const, order: [] }
    expect(await refusal(as('local').reorder(elsewhere))).toBe('FORBIDDEN')
    expect(await refusal(as('local', world.other).reorder(elsewhere))).toBe('NOT_FOUND')
  })
})
