import { createHash, randomUUID } from 'node:crypto'
import { signInWithPassword } from '@fieldback/api/access/sign-in'
import { type FoundingDeps, found, lookAtFounding, type NewAdministrator } from '@fieldback/api/org/found'
import { inOrg } from '@fieldback/db/client'
import { membershipsOf, personByEmail } from '@fieldback/db/identity/identity.repo'
import { type FoundingForm, foundingForm } from '@fieldback/domain/org/founding'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { codeOf, type Door, network, openDoor, PASSWORD, told } from './door.fixture.ts'
import { hashPassword } from './password.ts'

let door: Door
let deps: FoundingDeps
beforeAll(async () => {
  door = await openDoor()
  deps = { ...door.deps, hashPassword }
})
afterAll(() => door.close())

/** As the operator, who owns the schema; links belong to no organisation. */
const asOwner = (text: string, values: readonly unknown[] = []) =>
  door.world.sql<Record<string, unknown>>(door.world.north.orgId, text, values)
const hashOf = (token: string) => createHash('sha256').update(token).digest('base64url')

/** A link as the operator makes one; days until it ends. */
async function link({ days = 7, alone = false } = {}): Promise<string> {
  const token = randomUUID()
  await asOwner('SELECT founding_start($1, now() + make_interval(days => $2), $3)', [
    hashOf(token),
    days,
    alone,
  ])
  return token
}
const form = (token: string, over: Partial<FoundingForm> = {}): FoundingForm => ({
  token,
  name: 'Établissements Delmas & Fils',
  displayName: 'Claire Aubert',
  email: `${randomUUID()}@example.test`,
  password: 'quatre mots sans rapport',
  locale: 'fr',
  timeZone: 'Europe/Paris',
  ...over,
})
const use = (wanted: FoundingForm, address = network()): Promise<NewAdministrator> =>
  found(deps, wanted, address)
const rowsOf = (orgId: string, text: string) => door.world.sql<Record<string, unknown>>(orgId, text)

describe('a link', () => {
  it('makes the organisation, its national territory, and the person who administers it', async () => {
    const wanted = form(await link())
    const { orgId, personId, membershipId, known } = await use(wanted)
    expect(known).toBe(false)
    expect(
      await rowsOf(
        orgId,
        'SELECT name, slug, default_locale, time_zone, level_names FROM organisation WHERE id = app_org()',
      ),
    ).toMatchObject([
      {
        name: 'Établissements Delmas & Fils',
        slug: 'etablissements-delmas-fils',
        default_locale: 'fr',
        time_zone: 'Europe/Paris',
        level_names: [{ fr: 'National' }, { fr: 'Régional' }, { fr: 'Local' }, { fr: 'Sous-secteur' }],
      },
    ])
    expect(
      await rowsOf(orgId, `SELECT rank, name, parent_id, path = id || '/' AS rooted FROM territory`),
    ).toEqual([{ rank: 0, name: 'Établissements Delmas & Fils', parent_id: null, rooted: true }])
    expect(await rowsOf(orgId, 'SELECT role, valid_to, membership_id FROM assignment')).toEqual([
      { role: 'administrator', valid_to: null, membership_id: membershipId },
    ])
    expect(await rowsOf(orgId, 'SELECT action, membership_id FROM audit_event')).toEqual([
      { action: 'org.found', membership_id: membershipId },
    ])
    expect(
      await signInWithPassword(door.deps, {
        email: wanted.email,
        password: wanted.password ?? '',
        address: network(),
      }),
    ).toEqual({ id: personId, email: wanted.email })
  })

  it('is not used by being looked at, and serves once', async () => {
    const token = await link()
    const look = () => lookAtFounding(deps, { token, address: network() })
    expect([await look(), await look()]).toEqual(['open', 'open'])
    await use(form(token))
    expect(await look()).toBe('spent')
    expect(await codeOf(use(form(token)))).toBe('FOUNDING_SPENT')
  })

  it('used by several at the same instant makes one organisation; the others are told that it is spent', async () => {
    const token = await link()
    const answers = await Promise.all([1, 2, 3, 4].map(() => codeOf(use(form(token, { name: 'Course' })))))
    expect(answers.sort()).toEqual(['FOUNDING_SPENT', 'FOUNDING_SPENT', 'FOUNDING_SPENT', null].sort())
    const [{ org_id: made } = {}] = await asOwner('SELECT org_id FROM founding_link WHERE token_hash = $1', [
      hashOf(token),
    ])
    expect(await rowsOf(String(made), 'SELECT name FROM organisation WHERE id = app_org()')).toEqual([
      { name: 'Course' },
    ])
  })

  it('ends with its days, or when another is made alone; what was never a link is not known', async () => {
    const old = await link({ days: -1 })
    expect(await lookAtFounding(deps, { token: old, address: network() })).toBe('expired')
    expect(await codeOf(use(form(old)))).toBe('FOUNDING_EXPIRED')
    const replaced = await link()
    const kept = await link({ alone: true })
    expect(await codeOf(use(form(replaced)))).toBe('FOUNDING_EXPIRED')
    expect(await codeOf(use(form(kept)))).toBeNull()
    expect(await codeOf(use(form('made-up')))).toBe('FOUNDING_UNKNOWN')
  })

  it('guessed at thirty times from one network shuts that network, for looking too', async () => {
    const address = network()
    for (let turn = 0; turn < 30; turn += 1) await lookAtFounding(deps, { token: `guess ${turn}`, address })
    const waits = { code: 'TOO_MANY_ATTEMPTS', params: { seconds: expect.any(Number) } }
    expect(await told(lookAtFounding(deps, { token: await link(), address }))).toEqual(waits)
    expect(await told(use(form(await link()), address))).toEqual(waits)
  })

  it('cannot be made by the application, nor can links be read by it', async () => {
    const { prisma } = door.world.db
    await expect(prisma.$queryRaw`SELECT founding_start('x', now(), false)`).rejects.toThrow(
      /permission denied/,
    )
    await expect(prisma.$queryRaw`SELECT * FROM founding_link`).rejects.toThrow(/permission denied/)
  })
})

describe('the address of somebody who is known', () => {
  it('keeps his password: the new one opens nothing, and he finds the organisation beside his others', async () => {
    const { email, personId } = await door.somebody()
    const before = await personByEmail(door.world.db, email)
    const founded = await use(
      form(await link(), { email: email.toUpperCase(), password: 'un tout autre secret' }),
    )
    expect(founded).toMatchObject({ known: true, personId })
    expect(await personByEmail(door.world.db, email)).toEqual(before)
    const enter = (password: string) =>
      codeOf(signInWithPassword(door.deps, { email, password, address: network() }))
    expect(await enter('un tout autre secret')).toBe('CREDENTIALS_WRONG')
    expect(await enter(PASSWORD)).toBeNull()
    const choices = await membershipsOf(door.world.db, personId)
    expect(choices.map(({ orgId }) => orgId)).toEqual([founded.orgId])
  })

  it('founding twice at once with one new address makes one person', async () => {
    const email = `${randomUUID()}@example.test`
    const [one, two] = [await link(), await link()]
    const [first, second] = await Promise.all([use(form(one, { email })), use(form(two, { email }))])
    expect(first.personId).toBe(second.personId)
    expect([first.known, second.known].sort()).toEqual([false, true])
  })
})

describe('what is typed', () => {
  it('a name that another organisation bears gets a slug of its own, and nothing of the other one', async () => {
    const names = { name: 'Mercier' }
    const orgs = [await use(form(await link(), names)), await use(form(await link(), names))]
    const slugs: unknown[] = []
    for (const { orgId } of orgs)
      slugs.push(...(await rowsOf(orgId, 'SELECT slug FROM organisation WHERE id = app_org()')))
    expect(slugs).toEqual([{ slug: 'mercier' }, { slug: 'mercier-2' }])
    const [, second] = orgs
    const seen = await inOrg(door.world.db, second?.orgId ?? '', async (tx) => [
      await tx.organisation.count(),
      await tx.territory.count(),
      await tx.membership.count(),
      await tx.account.count(),
    ])
    expect(seen).toEqual([1, 1, 1, 0])
  })

  it('a weak password is refused before the link is used', async () => {
    const token = await link()
    const email = 'claire.aubert@example.test'
    const reasons = await Promise.all(
      ['douze moins', 'claire.aubert1', 'motdepasse123', 'aaaaaaaaaaaaaa'].map(
        async (password) => (await told(use(form(token, { email, password }))))?.params.reason,
      ),
    )
    expect(reasons).toEqual(['short', 'address', 'common', 'common'])
    expect(await lookAtFounding(deps, { token, address: network() })).toBe('open')
  })

  it('a time zone that nobody knows is taken as the French one', async () => {
    const { orgId } = await use(form(await link(), { timeZone: 'Mars/Olympus' }))
    expect(await rowsOf(orgId, 'SELECT time_zone FROM organisation WHERE id = app_org()')).toEqual([
      { time_zone: 'Europe/Paris' },
    ])
  })

  it('names must be there, on one line and short; markup is text like any other', () => {
    const fits = (over: Partial<FoundingForm>) => foundingForm.safeParse({ ...form('t'), ...over }).success
    expect(fits({ name: '  ' })).toBe(false)
    expect(fits({ displayName: '' })).toBe(false)
    expect(fits({ name: 'x'.repeat(300) })).toBe(false)
    expect(fits({ displayName: 'x'.repeat(300) })).toBe(false)
    expect(foundingForm.parse({ ...form('t'), name: 'A\u0000B' }).name).toBe('A B')
    expect(fits({ email: 'not an address' })).toBe(false)
    expect(fits({ name: '<script>alert(1)</script>' })).toBe(true)
  })

  it('markup is kept as it was typed', async () => {
    const name = '<b onmouseover="x()">Delmas</b>'
    const { orgId } = await use(form(await link(), { name }))
    expect(await rowsOf(orgId, 'SELECT name, slug FROM organisation WHERE id = app_org()')).toEqual([
      { name, slug: 'b-onmouseover-x-delmas-b' },
    ])
  })
})
