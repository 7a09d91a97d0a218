import { randomBytes, randomUUID } from 'node:crypto'
import { type NextRequest, NextResponse } from 'next/server'
import {
  DATA_POLICY,
  PHOTO_POLICY,
  type PolicyOptions,
  pagePolicy,
  STRICT_TRANSPORT,
  staticPolicy,
} from './server/content-security-policy.ts'
import { phoneScriptHashes } from './server/phone-script-hashes.ts'
import { isFromOurPages } from './server/same-origin.ts'

// Passing here keeps what is sent in memory, and copies it: too much for a file of 64 MB, and too slow for what people
// wait for. Those routes check where a call comes from, and name it, by themselves.
export const config = { matcher: ['/((?!_next/static|_next/image|api/import/file|api/sync/|api/trpc/).*)'] }

/** Before every page and call: refuses what other sites send, names the request, and sets the page's policy. */
export function proxy(request: NextRequest): NextResponse {
  const site = process.env.NEXTAUTH_URL ?? request.nextUrl.origin
  const options = { development: process.env.NODE_ENV === 'development', secure: site.startsWith('https:') }
  const requestId = randomUUID()
  const response = isFromOurPages(request, site) ? pass(request, requestId, options) : refuse()
  response.headers.set('x-request-id', requestId)
  if (options.secure) response.headers.set('strict-transport-security', STRICT_TRANSPORT)
  return response
}

function pass(request: NextRequest, requestId: string, options: PolicyOptions): NextResponse {
  const { pathname, search } = request.nextUrl
  const headers = new Headers(request.headers)
  headers.set('x-request-id', requestId)
  headers.set('x-fieldback-path', pathname + search)
  // What a client writes there must not become the nonce.
  headers.delete('x-nonce')
  headers.delete('content-security-policy')
  if (pathname.startsWith('/api/media/')) return answered(headers, PHOTO_POLICY)
  if (pathname.startsWith('/api/')) return answered(headers, DATA_POLICY)
  if (pathname === '/m' || pathname.startsWith('/m/')) {
    return answered(headers, staticPolicy(phoneScriptHashes(), options))
  }
  const nonce = randomBytes(16).toString('base64')
  const policy = pagePolicy(nonce, options)
  headers.set('x-nonce', nonce)
  // Next reads the nonce there and puts it on its own scripts.
  headers.set('content-security-policy', policy)
  return answered(headers, policy)
}

function answered(headers: Headers, policy: string): NextResponse {
  const response = NextResponse.next({ request: { headers } })
  response.headers.set('content-security-policy', policy)
  return response
}

const refuse = () =>
  NextResponse.json({ code: 'FORBIDDEN', params: { reason: 'cross_origin' } }, { status: 403 })
