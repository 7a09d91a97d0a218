import { describe, expect, it } from 'vitest'
import { pagePolicy, staticPolicy } from './content-security-policy.ts'

const PRODUCTION = { development: false, secure: true }
const directive = (policy: string, name: string) =>
  policy
    .split('; ')
    .map((line) => line.split(' '))
    .find(([first]) => first === name)
    ?.slice(1)

describe.each([
  ['a page made for its request', pagePolicy('bm9uY2U=', PRODUCTION)],
  ['the static page', staticPolicy(['sha256-abc='], PRODUCTION)],
])('the policy of %s', (_, policy) => {
  it('lets no inline script and no eval through', () => {
    for (const name of ['default-src', 'script-src']) {
      expect(directive(policy, name)).not.toContain("'unsafe-inline'")
      expect(directive(policy, name)).not.toContain("'unsafe-eval'")
    }
    expect(directive(policy, 'style-src')).not.toContain("'unsafe-inline'")
  })
  it('reaches nothing outside, and is framed by nobody', () => {
    expect(policy).not.toMatch(/https?:|\*/)
    expect(directive(policy, 'connect-src')).toEqual(["'self'"])
    expect(directive(policy, 'form-action')).toEqual(["'self'"])
    for (const name of ['frame-ancestors', 'base-uri', 'object-src'])
      expect(directive(policy, name)).toEqual(["'none'"])
  })
  it('asks for TLS when it is served so', () => {
    expect(policy).toContain('upgrade-insecure-requests')
  })
})

it('a page lets scripts through by its own nonce, and what they load', () => {
  expect(directive(pagePolicy('bm9uY2U=', PRODUCTION), 'script-src')).toEqual([
    "'self'",
    "'nonce-bm9uY2U='",
    "'strict-dynamic'",
  ])
})

it('the static page names its scripts, and allows no style attribute', () => {
  const policy = staticPolicy(['sha256-abc=', 'sha256-def='], PRODUCTION)
  expect(directive(policy, 'script-src')).toEqual(["'self'", "'sha256-abc='", "'sha256-def='"])
  expect(directive(policy, 'style-src-attr')).toBeUndefined()
})

it('only development may use eval, and without TLS nothing asks for it', () => {
  const options = { development: true, secure: false }
  expect(directive(pagePolicy('n', options), 'script-src')).toContain("'unsafe-eval'")
  expect(pagePolicy('n', options)).not.toContain('upgrade-insecure-requests')
})
