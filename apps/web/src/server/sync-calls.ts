import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { Session } from '@fieldback/api/context'
import { handOver, knowPhone } from '@fieldback/api/sync/hand-over'
import { FieldbackError } from '@fieldback/domain/errors'
import { BATCH_BYTES_MAX } from '@fieldback/domain/sync/operation'
import { parseCookie, stringifySetCookie } from 'cookie'
import { container } from './container.ts'
import { DATA_POLICY, STRICT_TRANSPORT } from './content-security-policy.ts'
import type { Direct } from './direct.ts'
import { FIXED_HEADERS } from './fixed-headers.ts'
import { logCall } from './logged.ts'
import { createCaller } from './procedures.ts'
import { readJsonBody } from './read-json-body.ts'
import { contextOf } from './request-context.ts'
import { isFromOurPages } from './same-origin.ts'
import { readToken, sessionCookie, sessionOf, sessionToRenew } from './session-token.ts'
import { told } from './told-error.ts'

type Call = {
  readonly route: string
  /** Knows who asks, then reads the body; what it is given to checks its input itself. */
  readonly ask: (asked: Asked) => Promise<unknown>
}

type Asked = {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly requestId: string
  readonly readBody: () => Promise<unknown>
}

const inSession =
  (ask: (called: ReturnType<typeof createCaller>, input: unknown) => Promise<unknown>) =>
  async (asked: Asked): Promise<unknown> => {
    const session = await sessionAsking(asked)
    return ask(createCaller(contextOf(session, asked.requestId)), await asked.readBody())
  }

const CALLS: ReadonlyMap<string | undefined, Call> = new Map([
  ['/api/sync/push', { route: 'sync.push', ask: inSession(({ sync }, input) => sync.push(input as never)) }],
  ['/api/sync/pull', { route: 'sync.pull', ask: inSession(({ sync }, input) => sync.pull(input as never)) }],
  ['/api/sync/handover', { route: 'sync.handover', ask: askHandover }],
  [
    '/api/sync/settled',
    {
      route: 'quarantine.told',
      ask: inSession(({ quarantine }, input) => quarantine.told(input as never)),
    },
  ],
] satisfies [string, Call][])

/** The calls of sync, whose bodies the transport does not inflate. */
export const answerSync: Direct = (request, response) => {
  const call = CALLS.get(request.url)
  // A fault of one call must never end the process that answers all.
  if (call) answer(call, request, response).catch(() => response.destroy())
  return call !== undefined
}

async function answer(call: Call, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const start = performance.now()
  // What a client calls itself does not name it in the log.
  const requestId = randomUUID()
  const site = container().env.NEXTAUTH_URL
  for (const { key, value } of FIXED_HEADERS) response.setHeader(key, value)
  response.setHeader('x-request-id', requestId)
  response.setHeader('content-security-policy', DATA_POLICY)
  response.setHeader('cache-control', 'no-store')
  if (site.startsWith('https:')) response.setHeader('strict-transport-security', STRICT_TRANSPORT)
  try {
    await write(request, response, { status: 200, body: await ask(call, { request, response, requestId }) })
  } catch (error) {
    await write(request, response, told(error))
    // What was not read of a body is let go by: a socket closed on it could take the answer along.
    request.resume()
  }
  logCall({ route: call.route, method: request.method ?? '', status: response.statusCode, start, requestId })
}

/** Nobody's body is read before it is known who asks. */
async function ask({ ask: call }: Call, asked: Omit<Asked, 'readBody'>): Promise<unknown> {
  const { request } = asked
  const read = {
    method: request.method ?? '',
    headers: { get: (name: string) => request.headers[name]?.toString() ?? null },
    // Not destroyed when it is left: the refusal goes out on the same socket.
    body: request.iterator({ destroyOnReturn: false }),
  }
  if (read.method !== 'POST') throw new FieldbackError('INVALID_INPUT')
  if (!isFromOurPages(read, container().env.NEXTAUTH_URL))
    throw new FieldbackError('FORBIDDEN', { reason: 'cross_origin' })
  return call({ ...asked, readBody: () => readJsonBody(read, BATCH_BYTES_MAX) })
}

async function sessionAsking({ request, response }: Asked): Promise<Session> {
  const token = await readToken(parseCookie(request.headers.cookie ?? ''))
  const session = sessionOf(token)
  if (!session) throw new FieldbackError('UNAUTHENTICATED')
  const renewed = sessionToRenew(token)
  if (renewed) {
    const { name, value, options } = await sessionCookie(renewed)
    response.setHeader('set-cookie', stringifySetCookie({ name, value, ...options }))
  }
  return session
}

/** Of a phone that may do nothing else: a credential of its own, whatever became of its session. */
async function askHandover({ request, requestId, readBody }: Asked): Promise<unknown> {
  const { deps } = contextOf(null, requestId)
  const credential = request.headers.authorization?.replace(/^Bearer /, '') ?? ''
  const phone = await knowPhone(deps, credential)
  return handOver(deps, phone, await readBody())
}

const compress = promisify(gzip)
/** Smaller answers gain nothing. */
const COMPRESSED_FROM = 1_024

async function write(
  { headers }: IncomingMessage,
  response: ServerResponse,
  { status, body }: { readonly status: number; readonly body: unknown },
): Promise<void> {
  const plain = Buffer.from(JSON.stringify(body))
  const small =
    plain.byteLength < COMPRESSED_FROM || !/\bgzip\b/.test(headers['accept-encoding']?.toString() ?? '')
  const sent = small ? plain : await compress(plain)
  response.statusCode = status
  response.setHeader('content-type', 'application/json')
  response.setHeader('vary', 'accept-encoding')
  if (!small) response.setHeader('content-encoding', 'gzip')
  response.setHeader('content-length', sent.byteLength)
  response.end(sent)
}
