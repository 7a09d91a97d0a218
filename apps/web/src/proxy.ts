import { randomBytes, randomUUID } from 'node:crypto'
import { type NextRequest, NextResponse } from 'next/server'
import {
  DATA_POLICY,
  type PolicyOptions,
  pagePolicy,
  staticPolicy,
} from './server/content-security-policy.ts'
import { phoneScriptHashes } from './server/phone-script-hashes.ts'
import { isFromOurPages } from './server/same-origin.ts'

// A file that is sent is as large as 64 MB: passing here would keep it in memory. Its route checks where it comes from.
export const config = { matcher: ['/((?!_next/static|_next/image|api/import/file).*)'] }

// This host alone: its neighbours under the same domain are not ours to decide for.
const A_YEAR = 'max-age=31536000'

/** Before every page and call: refuses what other sites send, names the request, and sets the page's policy. */
export function proxy(request: NextRequest): NextResponse {
  const site = process.env.NEXTAUTH_URL ?? request.nextUrl.origin
  const options = { development: process.env.NODE_ENV === 'development', secure: site.startsWith('https:') }
  const requestId = randomUUID()
  const response = isFromOurPages(request, site) ? pass(request, requestId, options) : refuse()
  response.headers.set('x-request-id', requestId)
  if (options.secure) response.headers.set('strict-transport-security', A_YEAR)
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
