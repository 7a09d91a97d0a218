import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { openTestWorld, type TestWorld } from '@fieldback/api/test-world'
import { BATCH_BYTES_MAX, PROTOCOL } from '@fieldback/domain/sync/operation'
import { encode } from 'next-auth/jwt'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import type { Container } from './container.ts'
import { readEnv } from './env.ts'
import { answerSync } from './sync-calls.ts'

const DAY_SECONDS = 24 * 60 * 60
const SECRET = 'a secret of thirty-two characters'

let world: TestWorld
let server: Server
let site: string
let cookie: string
let days = 0
beforeAll(async () => {
  world = await openTestWorld()
  server = createServer((request, response) => {
    if (!answerSync(request, response)) response.writeHead(418).end()
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  site = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const env = readEnv({
    DATABASE_URL: world.database.appUrl,
    NEXTAUTH_URL: site,
    NEXTAUTH_SECRET: SECRET,
    SMTP_URL: 'smtp://127.0.0.1:25',
  })
  const now = () => new Date(Date.now() + days * DAY_SECONDS * 1_000)
  Object.assign(globalThis, {
    fieldbackContainer: { env, deps: { ...world.deps, now } } satisfies Container,
  })
  const token = await encode({
    token: { ...world.north.people.basqueRep },
    secret: SECRET,
    maxAge: 30 * DAY_SECONDS,
  })
  cookie = `other=1; next-auth.session-token=${token}; last=%20`
})
afterAll(async () => {
  await new Promise((done) => server.close(done))
  await world.close()
})
beforeEach(() => {
  days = 0
})

type Asked = {
  readonly path?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: BodyInit
}
const ask = ({ path = '/api/sync/pull', headers = {}, body = '{}' }: Asked = {}) =>
  fetch(site + path, {
    method: 'POST',
    headers: { 'sec-fetch-site': 'same-origin', cookie, ...headers },
    body,
  })
const pull = JSON.stringify({
  protocol: PROTOCOL,
  membershipId: null,
  cursor: null,
  frameTag: null,
  packAsOf: null,
})
const told = async (answer: Response) => [answer.status, ((await answer.json()) as { code: string }).code]

it('answers what is pulled and pushed, packed when it is long, and leaves every other call alone', async () => {
  const page = await ask({ body: pull })
  expect(page.status).toBe(200)
  expect(page.headers.get('content-encoding')).toBe('gzip')
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
  expect(page.headers.get('x-content-type-options')).toBe('nosniff')
  expect(page.headers.get('cache-control')).toBe('no-store')
  expect(page.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
  expect(await page.json()).toHaveProperty('cursor')

  const plain = await ask({ body: pull, headers: { 'accept-encoding': 'identity' } })
  expect(plain.headers.get('content-encoding')).toBe(null)

  const operations = [{ kind: 'nothing of ours' }]
  const { membershipId } = world.north.people.basqueRep
  const pushed = await ask({
    path: '/api/sync/push',
    headers: { 'content-encoding': 'gzip' },
    body: gzipSync(JSON.stringify({ protocol: PROTOCOL, membershipId, operations })),
  })
  expect(pushed.status).toBe(200)
  expect(pushed.headers.get('content-encoding')).toBe(null)
  expect(await pushed.json()).toMatchObject({ answers: [{ status: 'quarantined' }] })

  expect((await ask({ path: '/api/sync/other' })).status).toBe(418)
})

it('reads nothing of who has no session, or comes from another site', async () => {
  const long = 'a'.repeat(BATCH_BYTES_MAX * 2)
  expect(await told(await ask({ headers: { cookie: '' }, body: long }))).toEqual([401, 'UNAUTHENTICATED'])
  expect(await told(await ask({ headers: { cookie: 'next-auth.session-token=forged' } }))).toEqual([
    401,
    'UNAUTHENTICATED',
  ])
  expect(await told(await ask({ headers: { 'sec-fetch-site': 'cross-site' } }))).toEqual([403, 'FORBIDDEN'])
})

it('tells what a body lacks, and refuses one that is too long, packed or not', async () => {
  expect(await told(await ask({ body: '{"protocol":' }))).toEqual([400, 'INVALID_INPUT'])
  expect(await told(await ask({ body: '{}' }))).toEqual([400, 'INVALID_INPUT'])
  expect(await told(await fetch(`${site}/api/sync/pull`, { headers: { cookie } }))).toEqual([
    400,
    'INVALID_INPUT',
  ])
  const bomb = gzipSync(' '.repeat(BATCH_BYTES_MAX + 1))
  expect(await told(await ask({ headers: { 'content-encoding': 'gzip' }, body: bomb }))).toEqual([
    413,
    'TOO_LARGE',
  ])
  expect(await told(await ask({ body: ' '.repeat(BATCH_BYTES_MAX + 1) }))).toEqual([413, 'TOO_LARGE'])
})

it('goes on when a phone goes away in the middle of what it sends', async () => {
  const away = new AbortController()
  const stream = new ReadableStream({
    start: (sent) => sent.enqueue(new TextEncoder().encode('{"protocol":')),
  })
  const cut = fetch(`${site}/api/sync/pull`, {
    method: 'POST',
    headers: { 'sec-fetch-site': 'same-origin', cookie },
    body: stream,
    duplex: 'half',
    signal: away.signal,
  } as RequestInit)
  away.abort()
  await expect(cut).rejects.toThrow()
  expect((await ask({ body: pull })).status).toBe(200)
})

it('gives a session in use its time again, once a day', async () => {
  expect((await ask({ body: pull })).headers.getSetCookie()).toEqual([])
  days = 2
  const [renewed = ''] = (await ask({ body: pull })).headers.getSetCookie()
  expect(renewed).toMatch(/^next-auth\.session-token=[\w.-]+; Max-Age=\d+; Path=\/; HttpOnly; SameSite=Lax$/)
  const again = await ask({ body: pull, headers: { cookie: renewed.split(';')[0] ?? '' } })
  expect(again.status).toBe(200)
})
