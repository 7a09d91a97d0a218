import { randomUUID } from 'node:crypto'
import type { FieldSpec } from '@fieldback/domain/field/field-spec'
import type { TRPCError } from '@trpc/server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  arrangeAccount,
  arrangeField,
  arrangePerson,
  openTestWorld,
  type TestOrg,
  type TestWorld,
} from '../test-world.ts'
import { errorShape } from '../trpc.ts'

let world: TestWorld
let north: TestOrg
beforeAll(async () => {
  world = await openTestWorld()
  north = world.north
  await visit(north.accounts.basque.id, north.accounts.basque.contactId, '2026-11-10')
  await visit(north.accounts.basque.id, north.accounts.basque.contactId, '2026-11-18')
})
afterAll(() => world.close())

const as = (who: keyof TestOrg['people'], org: TestOrg = north) => world.callerFor(org.people[who]).field
const refused = (promise: Promise<unknown>) =>
  promise.then(
    () => ({ code: 'accepted', params: {} }),
    (error: TRPCError) => errorShape(error),
  )
const refusal = async (promise: Promise<unknown>) => (await refused(promise)).code
const spec = (over: Partial<FieldSpec> = {}): FieldSpec => ({
  label: { fr: 'Quel pétrin utilise-t-il ?' },
  why: { fr: 'Pour proposer la bonne cuve' },
  type: 'single_choice',
  options: ['spirale', 'axe_oblique'].map((id) => ({ id, label: { fr: id } })),
  required: false,
  reportable: true,
  position: 0,
  shared: false,
  givebacks: [{ kind: 'badge' }],
  ...over,
})
const draft = (over: Partial<FieldSpec> = {}, territoryId = north.territories.pyrenees) => ({
  territoryId,
  entity: 'account' as const,
  spec: spec(over),
})
const definition = async (id: string) =>
  (
    await world.sql<{ current_version: number; slot: string | null; key: string; retired_at: Date | null }>(
      north.orgId,
      'SELECT current_version, slot, key, retired_at FROM field_definition WHERE id = $1',
      [id],
    )
  )[0]
const askedAt = async (who: keyof TestOrg['people'], territoryId: string) =>
  (await as(who).effective({ territoryId })).map((field) => field.key)

describe('a question published', () => {
  it('is asked in its whole branch from then on, and nowhere else', async () => {
    const { fieldId, version } = await as('local').publish(draft({ label: { fr: 'Pétrin' } }))
    expect(version).toBe(1)
    expect(await askedAt('basqueRep', north.territories.basque)).toContain('petrin')
    expect(await askedAt('bearnRep', north.territories.bearn)).toContain('petrin')
    expect(await askedAt('bretonRep', north.territories.finistere)).not.toContain('petrin')
    expect(await definition(fieldId)).toMatchObject({ current_version: 1, key: 'petrin', slot: 't01' })
    const [event] = await world.sql<{ action: string; membership_id: string }>(
      north.orgId,
      'SELECT action, membership_id FROM audit_event WHERE subject_id = $1',
      [fieldId],
    )
    expect(event).toEqual({ action: 'field.publish', membership_id: north.people.local.membershipId })
  })
  it('reaches the phones of the branch at their next opening, and no other phone', async () => {
    await as('local').publish(draft({ label: { fr: 'Farine' } }))
    const keys = async (who: 'basqueRep' | 'bretonRep') => {
      const { membershipId } = north.people[who]
      const page = await world
        .callerFor(north.people[who])
        .sync.pull({ protocol: 1, membershipId, cursor: null, frameTag: null, packAsOf: null })
      return page.frame?.fields.map((field) => field.key)
    }
    expect(await keys('basqueRep')).toContain('farine')
    expect(await keys('bretonRep')).not.toContain('farine')
  })
  it('without a return is refused', async () => {
    expect(await refused(as('local').publish(draft({ givebacks: [] })))).toMatchObject({
      code: 'GIVEBACK_MISSING',
    })
  })
  it('with a return that cannot work is refused, with its reason and figures', async () => {
    const label = { fr: 'Comparé' }
    expect(
      await refused(as('local').publish(draft({ label, givebacks: [{ kind: 'comparison' }] }))),
    ).toMatchObject({
      code: 'GIVEBACK_NOT_WORKING',
      params: { kind: 'comparison', reason: 'GIVEBACK_TOO_FEW_PEOPLE', have: 1, need: 5 },
    })
    expect(await refused(as('local').publish(draft({ label, givebacks: [remind(30)] })))).toMatchObject({
      code: 'GIVEBACK_NOT_WORKING',
      params: { kind: 'reminder', reason: 'GIVEBACK_TYPE' },
    })
    // Bretagne has had its first 60 days and no report yet: a badge would never be read.
    await world.sql(north.orgId, `UPDATE territory SET created_at = '2026-01-01' WHERE id = $1`, [
      north.territories.bretagne,
    ])
    expect(await refused(as('hq').publish(draft({ label }, north.territories.bretagne)))).toMatchObject({
      code: 'GIVEBACK_NOT_WORKING',
      params: { kind: 'badge', reason: 'GIVEBACK_NO_REPORT' },
    })
    expect(await world.sql(north.orgId, `SELECT 1 FROM field_definition WHERE key = 'compare'`)).toEqual([])
  })
  it('never bears a key borne above or below it, whoever was first', async () => {
    const label = { fr: 'Fournil' }
    await as('regional').publish(draft({ label }, north.territories.aquitaine))
    expect(await refused(as('local').publish(draft({ label })))).toMatchObject({
      code: 'FIELD_KEY_TAKEN',
      params: { key: 'fournil', territory: 'aquitaine' },
    })
    await as('local').publish(draft({ label: { fr: 'Levain' } }, north.territories.basque))
    expect(
      await refused(as('regional').publish(draft({ label: { fr: 'LEVAIN' } }, north.territories.aquitaine))),
    ).toMatchObject({ code: 'FIELD_KEY_TAKEN', params: { territory: 'basque' } })
    // Two sectors that do not overlap may ask the same, and so may another entity.
    expect(await refusal(as('local').publish({ ...draft({ label }), entity: 'contact' }))).toBe('accepted')
  })
  it('with the same key above and below at the same instant is published once', async () => {
    const label = { fr: 'Cave' }
    const answers = await Promise.all([
      refusal(as('regional').publish(draft({ label }, north.territories.aquitaine))),
      refusal(as('local').publish(draft({ label }, north.territories.basque))),
      refusal(as('local').publish(draft({ label }))),
    ])
    expect(answers.sort()).toEqual(['FIELD_KEY_TAKEN', 'FIELD_KEY_TAKEN', 'accepted'])
  })
  it('takes a typed column that no overlapping branch uses; past the last one answers go to the child table', async () => {
    const slots: (string | null)[] = []
    for (let n = 0; n < 7; n++) {
      const { fieldId } = await as('local').publish({
        ...draft({ label: { fr: `Contact ${n}` } }),
        entity: 'contact',
      })
      slots.push((await definition(fieldId))?.slot ?? null)
    }
    // "fournil" on contacts, published above in this file, holds one of the six.
    expect(slots).toEqual(['t02', 't03', 't04', 't05', 't06', null, null])
  })
  it('is refused without its answers, with one twice, or with bounds that cross', async () => {
    const label = { fr: 'Incomplète' }
    expect(await refusal(as('local').publish(draft({ label, options: [] })))).toBe('FIELD_OPTIONS_REQUIRED')
    const twice = ['a', 'b'].map((id) => ({ id, label: { fr: 'Oui' } }))
    expect(await refusal(as('local').publish(draft({ label, options: twice })))).toBe('FIELD_OPTION_TWICE')
    expect(await refusal(as('local').publish(draft({ label, type: 'integer', min: 5, max: 1 })))).toBe(
      'FIELD_BOUNDS',
    )
    expect(await refusal(as('local').publish(draft({ label: { fr: ' ' } })))).toBe('INVALID_INPUT')
  })
  it('is not for a rep, an administrator, another branch or another organisation', async () => {
    const label = { fr: 'Interdite' }
    expect(await refusal(as('basqueRep').publish(draft({ label }, north.territories.basque)))).toBe(
      'FORBIDDEN',
    )
    expect(await refusal(as('admin').publish(draft({ label })))).toBe('FORBIDDEN')
    expect(await refusal(as('local').publish(draft({ label }, north.territories.aquitaine)))).toBe(
      'FORBIDDEN',
    )
    expect(await refusal(as('local').publish(draft({ label }, north.territories.bretagne)))).toBe('FORBIDDEN')
    expect(await refusal(as('local', world.other).publish(draft({ label })))).toBe('NOT_FOUND')
  })
  it('stands behind those that its territory asks already, wherever they were put', async () => {
    const first = await as('local').publish(draft({ label: { fr: 'Rangée loin' }, position: 30 }))
    const second = await as('local').publish(draft({ label: { fr: 'Venue après' } }))
    const asked = (await as('local').effective({ territoryId: north.territories.pyrenees })).map(
      ({ id }) => id,
    )
    expect(asked.indexOf(second.fieldId)).toBe(asked.indexOf(first.fieldId) + 1)
    for (const { fieldId } of [first, second]) await as('local').retire({ fieldId })
  })
})

describe('a new version', () => {
  it('leaves the one before as it was', async () => {
    const { fieldId } = await as('local').publish(draft({ label: { fr: 'Balance' } }))
    const next = draft({
      label: { fr: 'Balance de caisse' },
      options: spec()
        .options.slice(0, 1)
        .concat({ id: 'autre', label: { fr: 'Autre' } }),
    })
    const answer = await as('local').publish({ ...next, fieldId, baseVersion: 1 })
    expect(answer).toEqual({ fieldId, key: 'balance', version: 2 })
    const versions = await world.sql<{ version: number; spec: FieldSpec }>(
      north.orgId,
      'SELECT version, spec FROM field_version WHERE field_id = $1 ORDER BY version',
      [fieldId],
    )
    expect(versions.map(({ spec }) => spec.label.fr)).toEqual(['Balance', 'Balance de caisse'])
    expect(versions[1]?.spec.options.map((o) => [o.id, o.retired ?? false])).toEqual([
      ['spirale', false],
      ['autre', false],
      ['axe_oblique', true],
    ])
  })
  it('on top of somebody else’s is refused', async () => {
    const { fieldId } = await as('local').publish(draft({ label: { fr: 'Vitrine' } }))
    const again = { ...draft({ label: { fr: 'Vitrine froide' } }), fieldId, baseVersion: 1 }
    const answers = await Promise.all([1, 2].map(() => refusal(as('local').publish(again))))
    expect(answers.sort()).toEqual(['CONFLICT', 'accepted'])
  })
  it('never changes the type', async () => {
    const { fieldId } = await as('local').publish(draft({ label: { fr: 'Chambre' } }))
    const again = { ...draft({ label: { fr: 'Chambre' }, type: 'yes_no' }), fieldId, baseVersion: 1 }
    expect(await refusal(as('local').publish(again))).toBe('FIELD_TYPE_FIXED')
  })
  it('is published where the question belongs, by who may define there', async () => {
    const { fieldId } = await as('regional').publish(
      draft({ label: { fr: 'Laverie' } }, north.territories.aquitaine),
    )
    const next = { ...draft({ label: { fr: 'Laverie' } }), fieldId, baseVersion: 1 }
    expect(await refusal(as('local').publish(next))).toBe('NOT_FOUND')
    expect(await refusal(as('local').publish({ ...next, territoryId: north.territories.aquitaine }))).toBe(
      'FORBIDDEN',
    )
  })
})

describe('a question retired', () => {
  it('is asked no more, and can be asked again', async () => {
    const { fieldId } = await as('local').publish(draft({ label: { fr: 'Éphémère' } }))
    await as('local').retire({ fieldId })
    expect(await askedAt('basqueRep', north.territories.basque)).not.toContain('ephemere')
    await as('local').restore({ fieldId })
    expect(await askedAt('basqueRep', north.territories.basque)).toContain('ephemere')
  })
  it('leaves its words free, and then cannot come back', async () => {
    const { fieldId } = await as('local').publish(draft({ label: { fr: 'Repris' } }))
    await as('local').retire({ fieldId })
    const { key } = await as('regional').publish(
      draft({ label: { fr: 'Repris' } }, north.territories.aquitaine),
    )
    expect(key).toBe('repris')
    expect(await refusal(as('local').restore({ fieldId }))).toBe('FIELD_KEY_TAKEN')
  })
  it('asked again must still give something back', async () => {
    const { fieldId } = await as('local').publish(draft({ label: { fr: 'Passager' } }))
    await as('local').retire({ fieldId })
    await world.sql(north.orgId, `UPDATE report SET day = '2025-01-01'`)
    expect(await refusal(as('local').restore({ fieldId }))).toBe('GIVEBACK_NOT_WORKING')
    await world.sql(north.orgId, `UPDATE report SET day = '2026-11-18'`)
  })
  it('is not for a rep, another branch or another organisation', async () => {
    const { fieldId } = await as('regional').publish(
      draft({ label: { fr: 'Gardé' } }, north.territories.aquitaine),
    )
    for (const verb of ['retire', 'restore'] as const) {
      expect(await refusal(as('basqueRep')[verb]({ fieldId }))).toBe('FORBIDDEN')
      expect(await refusal(as('local')[verb]({ fieldId }))).toBe('FORBIDDEN')
      expect(await refusal(as('regional', world.other)[verb]({ fieldId }))).toBe('NOT_FOUND')
      expect(await refusal(as('regional')[verb]({ fieldId: randomUUID() }))).toBe('NOT_FOUND')
    }
  })
})

describe('a draft', () => {
  const check = (over: Partial<FieldSpec> = {}, who: keyof TestOrg['people'] = 'local') =>
    as(who).check({ ...draft(over), fieldId: null })
  it('is told what each return would give, what it costs and whom it concerns, before it has its words', async () => {
    const { label: _label, why: _why, ...bare } = spec({ givebacks: [] })
    const answer = await as('local').check({ ...draft(), fieldId: null, spec: bare })
    expect(answer.verdicts.badge).toMatchObject({ working: true, evidence: { accountsSeenTwice: 1 } })
    expect(answer.verdicts.comparison).toMatchObject({ working: false, code: 'GIVEBACK_TOO_FEW_PEOPLE' })
    expect(answer.verdicts.segment).toMatchObject({ working: false, code: 'GIVEBACK_NOBODY_REACHABLE' })
    expect(answer.verdicts.reminder).toMatchObject({ working: false, code: 'GIVEBACK_TYPE' })
    expect(answer.fault).toEqual({ code: 'GIVEBACK_MISSING', params: {} })
    expect(answer.affected).toMatchObject({ territories: 2, reps: 2, accounts: 2, reportsPerMonth: 1 })
    expect(answer.cost).toEqual({ seconds: 3, measured: false })
    expect(answer.sample).toBeNull()
  })
  it('says beforehand what publication would refuse, and nothing when it would publish', async () => {
    expect((await check({ label: { fr: 'Fournil' } })).fault).toMatchObject({ code: 'FIELD_KEY_TAKEN' })
    expect((await check({ label: { fr: 'Neuve' } })).fault).toBeNull()
  })
  it('costs what answers of its type take, once five people have given some', async () => {
    const asked = await arrangeField(world.sql, north, {
      territoryId: north.territories.france,
      entity: 'report',
      key: 'annee',
      spec: { type: 'integer' },
    })
    for (const { membershipId } of Object.values(north.people))
      await world.sql(
        north.orgId,
        `INSERT INTO ledger_cell (org_id, membership_id, field_id, month, answers, seconds) VALUES ($1, $2, $3, '2026-11-01', 2, 13)`,
        [north.orgId, membershipId, asked],
      )
    expect((await check({ type: 'integer' })).cost).toEqual({ seconds: 6.5, measured: true })
  })
  it('is tried on the answers to the same question elsewhere, when five people are behind them', async () => {
    const breton = await arrangeField(world.sql, north, {
      territoryId: north.territories.bretagne,
      entity: 'account',
      key: 'four_a_bois',
      spec: { type: 'yes_no', reportable: true, label: { fr: 'Four à bois' } },
    })
    for (const [bucket, n] of [
      ['true', 9],
      ['false', 3],
      ['_answered', 12],
    ] as const)
      await world.sql(
        north.orgId,
        'INSERT INTO stock_cell (org_id, field_id, territory_id, bucket, n) VALUES ($1, $2, $3, $4, $5)',
        [north.orgId, breton, north.territories.bretagne, bucket, n],
      )
    const person = () =>
      world.sql(
        north.orgId,
        `INSERT INTO rollup_person (org_id, basis, territory_id, month, membership_id, n) VALUES ($1, 'today', $2, '2026-11-01', $3, 1)`,
        [north.orgId, north.territories.bretagne, randomUUID()],
      )
    for (let n = 0; n < 4; n++) await person()
    const tried = () => check({ label: { fr: 'Four à bois' }, type: 'yes_no' })
    expect((await tried()).sample).toBeNull()
    await person()
    expect((await tried()).sample).toMatchObject({
      owner: { name: 'bretagne' },
      own: false,
      answered: 12,
      buckets: [
        { bucket: 'true', label: { kind: 'yes' }, n: 9 },
        { bucket: 'false', n: 3 },
      ],
    })
  })
  it('is not for a rep, another branch or another organisation', async () => {
    expect(await refusal(check({}, 'basqueRep'))).toBe('FORBIDDEN')
    const away = { ...draft({}, north.territories.bretagne), fieldId: null }
    expect(await refusal(as('local').check(away))).toBe('FORBIDDEN')
    expect(await refusal(as('local', world.other).check(away))).toBe('NOT_FOUND')
  })
})

describe('what is asked', () => {
  it('is listed by owner, above and below, to who reads there', async () => {
    const { owners } = await as('local').list({ territoryId: north.territories.pyrenees })
    expect(owners.map((owner) => [owner.territory.name, owner.place])).toEqual([
      ['france', 'above'],
      ['aquitaine', 'above'],
      ['pyrenees', 'here'],
      ['basque', 'below'],
    ])
    expect(await refusal(as('basqueRep').list({ territoryId: north.territories.bearn }))).toBe('FORBIDDEN')
    expect(await refusal(as('local').list({ territoryId: north.territories.bretagne }))).toBe('FORBIDDEN')
    expect(await refusal(as('local', world.other).list({ territoryId: north.territories.basque }))).toBe(
      'NOT_FOUND',
    )
    expect(await refusal(as('bretonRep').effective({ territoryId: north.territories.basque }))).toBe(
      'FORBIDDEN',
    )
    expect(await refusal(as('local', world.other).effective({ territoryId: north.territories.basque }))).toBe(
      'NOT_FOUND',
    )
  })
  it('can be read one by one on the path of the reader, and not beside it', async () => {
    const at = (territory: keyof TestOrg['territories'], key: string) =>
      arrangeField(world.sql, north, {
        territoryId: north.territories[territory],
        entity: 'report',
        key,
        spec: { type: 'yes_no' },
      })
    const [above, beside] = [await at('france', 'de_france'), await at('bretagne', 'de_bretagne')]
    expect(await as('basqueRep').get({ fieldId: above })).toMatchObject({
      canDefine: false,
      owner: { name: 'france' },
    })
    expect(await as('hq').get({ fieldId: above })).toMatchObject({ canDefine: true })
    expect(await refusal(as('basqueRep').get({ fieldId: beside }))).toBe('FORBIDDEN')
    expect(await refusal(as('basqueRep', world.other).get({ fieldId: above }))).toBe('NOT_FOUND')
  })
})

describe('a segment and a reminder', () => {
  it('are published once somebody can be written to, and for a date', async () => {
    await world.sql(north.orgId, `UPDATE account SET email = 'a@example.test' WHERE id = $1`, [
      north.accounts.basque.id,
    ])
    const segment = { kind: 'segment' as const, label: { fr: 'À spirale' }, options: ['spirale'] }
    expect(
      await refusal(as('local').publish(draft({ label: { fr: 'Segmentée' }, givebacks: [segment] }))),
    ).toBe('accepted')
    const unknown = draft({ label: { fr: 'Mal segmentée' }, givebacks: [{ ...segment, options: ['autre'] }] })
    expect(await refused(as('local').publish(unknown))).toMatchObject({
      code: 'GIVEBACK_NOT_WORKING',
      params: { kind: 'segment', reason: 'GIVEBACK_OPTION_UNKNOWN' },
    })
    const date = draft({ label: { fr: 'Fin de bail' }, type: 'date', givebacks: [remind(45)] })
    expect(await refusal(as('local').publish(date))).toBe('accepted')
  })
  it('a comparison is published once five people report there', async () => {
    for (let n = 0; n < 5; n++) {
      const { id, contactId } = await arrangeAccount(
        world.sql,
        north.orgId,
        north.territories.basque,
        `Compte ${n}`,
      )
      const { membershipId } = await arrangePerson(world.sql, north.orgId, {
        name: `rep-${n}`,
        role: 'rep',
        territoryId: north.territories.basque,
      })
      for (const day of ['2026-11-01', '2026-11-15']) await visit(id, contactId, day, membershipId)
    }
    const compared = {
      ...draft({ label: { fr: 'Comparée' }, givebacks: [{ kind: 'comparison' }] }),
      entity: 'report' as const,
    }
    expect(await refusal(as('local').publish(compared))).toBe('accepted')
  })
})

const remind = (daysBefore: number) => ({
  kind: 'reminder' as const,
  label: { fr: 'À rappeler' },
  daysBefore,
})

async function visit(accountId: string, contactId: string, day: string, author?: string): Promise<void> {
  await world.sql(
    north.orgId,
    `INSERT INTO report (org_id, id, account_id, contact_id, territory_id, author_id, kind, outcome, day, status, captured_at)
     VALUES ($1, $2, $3, $4, $5, $6, 'visit', 'order', $7, 'accepted', now())`,
    [
      north.orgId,
      randomUUID(),
      accountId,
      contactId,
      north.territories.basque,
      author ?? north.people.basqueRep.membershipId,
      day,
    ],
  )
}
