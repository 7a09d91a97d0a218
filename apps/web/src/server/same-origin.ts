const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])

export type Asked = { readonly method: string; readonly headers: Pick<Headers, 'get'> }

/**
 * Whether a request may change something: it comes from a page of ours. Browsers say so themselves (Sec-Fetch-Site);
 * older ones send the page's origin, compared with our address or with the host that was asked. Neither: refused.
 */
export function isFromOurPages({ method, headers }: Asked, site: string): boolean {
  if (SAFE.has(method)) return true
  const fetchSite = headers.get('sec-fetch-site')
  if (fetchSite !== null) return fetchSite === 'same-origin'
  const origin = headers.get('origin')
  if (origin === null || !URL.canParse(origin)) return false
  const { host, origin: exact } = new URL(origin)
  return exact === new URL(site).origin || host === headers.get('host')
}
