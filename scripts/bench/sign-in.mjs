import { Failure } from '../lib/failure.mjs'

// What a browser says by itself of a request from a page of ours.
const FROM_PAGE = { 'sec-fetch-site': 'same-origin' }

/** Signs in by password as a browser does; answers `{ cookie, membershipId }`. */
export async function signIn(url, email, password) {
  const jar = new Map()
  const call = async (path, init = {}) => {
    const response = await fetch(`${url}${path}`, {
      redirect: 'manual',
      ...init,
      headers: { ...FROM_PAGE, cookie: cookieOf(jar), ...init.headers },
    })
    for (const set of response.headers.getSetCookie()) keep(jar, set)
    return response.json()
  }
  const { csrfToken } = await call('/api/auth/csrf')
  await call('/api/auth/callback/password', {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ csrfToken, email, password, json: 'true' }).toString(),
  })
  const { membershipId } = await call('/api/auth/session')
  if (!membershipId) throw new Failure(`${email} could not sign in.`)
  return { cookie: cookieOf(jar), membershipId }
}

const cookieOf = (jar) => [...jar].map(([name, value]) => `${name}=${value}`).join('; ')

function keep(jar, set) {
  const [pair] = set.split(';')
  const at = pair.indexOf('=')
  jar.set(pair.slice(0, at), pair.slice(at + 1))
}
