import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fold } from '../analytics/fold.job.ts'
import { arrangeField, openTestWorld, type TestWorld } from '../test-world.ts'
import { importSteps } from './import-steps.fixture.ts'

let world: TestWorld
let steps: ReturnType<typeof importSteps>
beforeAll(async () => {
  world = await openTestWorld()
  steps = importSteps(world)
})
afterAll(() => world.close())
const orgId = () => world.north.orgId
const sql = <T = Record<string, unknown>>(text: string, values: unknown[] = []) =>
  world.sql<T>(orgId(), text, values)
const rep = () => world.callerFor(world.north.people.basqueRep)
const pull = async (cursor: string | null) => {
  await world.settled()
  return rep().sync.pull({
    protocol: 1,
    membershipId: world.north.people.basqueRep.membershipId,
    cursor,
    frameTag: null,
    packAsOf: null,
  })
}
const push = (...operations: object[]) =>
  rep().sync.push({
    protocol: 1,
    membershipId: world.north.people.basqueRep.membershipId,
    operations: operations.map((operation) => ({
      opId: randomUUID(),
      entityId: randomUUID(),
      seq: 1,
      base: 0,
      capturedAt: '2026-11-20T09:00:00.000Z',
      clockOffset: 0,
      ...operation,
    })),
  })

describe('taking a whole import back', () => {
  it('deletes what nobody used, gives earlier values back, and tells what stays', async () => {
    await steps.imported(
      'accounts',
      'Ref;Nom;Ville;Activité;Tél\nU1;Avant;Bayonne;Bar;0559000101\nU2;Avant aussi;Bayonne;Bar;0559000102\n',
    )
    const importId = await steps.imported(
      'accounts',
      'Ref;Nom;Ville;Activité;Tél\nU1;Après;Anglet;;0559000101\nU2;Après aussi;Anglet;Café;0559000102\nU3;Neuf;Biarritz;\nU4;Visité;Biarritz;\nU5;Corrigé;Biarritz;\nU6;Avec contact;Biarritz;\n',
    )
    const id = async (name: string) => String((await steps.account(name))?.id)
    const [visited, corrected, met, half] = [
      await id('Visité'),
      await id('Corrigé'),
      await id('Avec contact'),
      await id('Après aussi'),
    ]
    await push(
      {
        kind: 'report.create',
        body: {
          accountId: visited,
          contactId: null,
          kind: 'visit',
          outcome: 'order',
          day: '2026-11-20',
          note: null,
          fieldSet: 'none',
          values: {},
          seconds: {},
          durationSeconds: 1,
        },
      },
      { kind: 'account.update', entityId: corrected, base: 1, body: { city: 'Hendaye' } },
      { kind: 'account.update', entityId: half, base: 2, body: { city: 'Hendaye' } },
      {
        kind: 'contact.create',
        body: {
          accountId: met,
          firstName: 'A',
          lastName: 'B',
          jobTitle: null,
          phone: null,
          email: null,
          values: {},
        },
      },
    )
    expect(await steps.undone(importId)).toEqual({ back: 2, kept: 4 })
    expect((await steps.lines(importId)).map(({ kept }) => kept)).toEqual([
      null,
      'CHANGED',
      null,
      'USED',
      'CHANGED',
      'USED',
    ])
    expect((await steps.admin.import.lines({ importId, kept: true })).lines).toHaveLength(4)
    expect(await steps.account('Avant')).toMatchObject({ city: 'Bayonne', activity: 'Bar', version: 3 })
    expect(await steps.account('Avant aussi')).toMatchObject({ city: 'Hendaye', activity: 'Bar' })
    expect(await steps.account('Neuf')).toBeUndefined()
    expect(await steps.account('Visité')).toBeDefined()
    expect(
      await sql('SELECT kind FROM change WHERE entity_id = $1 ORDER BY version', [
        (await steps.account('Avant'))?.id,
      ]),
    ).toEqual([{ kind: 'import.create' }, { kind: 'import.update' }, { kind: 'import.undo' }])
    await expect(steps.admin.import.undo({ importId })).rejects.toThrow('CONFLICT')
    const again = await steps.imported('accounts', 'Ref;Nom;Ville\nU3;Neuf;Biarritz\n')
    expect(await steps.outcomes(again)).toEqual(['create'])
  })
  it('is over after thirty days', async () => {
    const importId = await steps.imported('accounts', 'Ref;Nom\nV1;Trop tard\n')
    expect((await steps.get(importId)).undoUntil).not.toBeNull()
    await sql(`UPDATE file_import SET finished_at = now() - interval '30 days' WHERE id = $1`, [importId])
    expect((await steps.get(importId)).undoUntil).toBeNull()
    await expect(steps.admin.import.undo({ importId })).rejects.toThrow('CONFLICT')
  })
  it('leaves every figure as it was', async () => {
    const { north } = world
    const field = await arrangeField(world.sql, north, {
      territoryId: north.territories.france,
      entity: 'account',
      key: 'four',
      slot: 't01',
      spec: { type: 'yes_no', reportable: true, label: { fr: 'Four' } },
    })
    const stock = async () => {
      await fold(world.deps, orgId())
      return sql(`SELECT territory_id, bucket, n FROM stock_cell WHERE field_id = $1 ORDER BY 1, 2`, [field])
    }
    await steps.imported('accounts', 'Ref;Nom;Four;Secteur\nW1;Avec four;oui;basque\n')
    const before = await stock()
    expect(before.length).toBeGreaterThan(0)
    const importId = await steps.imported(
      'accounts',
      'Ref;Nom;Four;Secteur\nW1;Avec four;non;bearn\nW2;Neuf aussi;oui;basque\n',
    )
    expect(await stock()).not.toEqual(before)
    expect(await steps.undone(importId)).toEqual({ back: 2, kept: 0 })
    expect(await stock()).toEqual(before)
    expect(await steps.account('Avec four')).toMatchObject({
      territory_id: north.territories.basque,
      t01: 'true',
    })
  })
  it('reaches phones: what was deleted leaves them', async () => {
    const accounts = await steps.imported('accounts', 'Ref;Nom\nX1;Sur le téléphone\n')
    const contacts = await steps.imported('contacts', 'Code client;Nom\nX1;Etche\n')
    const first = await pull(null)
    const account = first.accounts.find(({ name }) => name === 'Sur le téléphone')
    const contact = first.contacts.find(({ lastName }) => lastName === 'Etche')
    expect([account, contact]).not.toContain(undefined)
    expect(await steps.undone(contacts)).toEqual({ back: 1, kept: 0 })
    const second = await pull(first.cursor)
    expect([second.gone, second.contacts]).toEqual([[contact?.id], []])
    expect(await steps.undone(accounts)).toEqual({ back: 1, kept: 0 })
    const third = await pull(second.cursor)
    expect([third.left, third.accounts]).toEqual([[account?.id], []])
  })
})
