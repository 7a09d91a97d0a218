export type PolicyOptions = {
  /** React's own tooling needs eval there, and the bundler styles by the page. */
  readonly development: boolean
  /** Served over TLS: whatever still asks for http is asked again over https. */
  readonly secure: boolean
}

const COMMON = {
  'default-src': ["'self'"],
  'img-src': ["'self'", 'data:', 'blob:'],
  'font-src': ["'self'"],
  'connect-src': ["'self'"],
  'worker-src': ["'self'"],
  'manifest-src': ["'self'"],
  'object-src': ["'none'"],
  'frame-src': ["'none'"],
  'base-uri': ["'none'"],
  'form-action': ["'self'"],
  'frame-ancestors': ["'none'"],
}

/**
 * Pages made for each request: only scripts that carry this request's nonce, and what these load. Style sheets are ours
 * or carry the nonce; style attributes are allowed, since bars and charts of the first HTML have their sizes there.
 */
export function pagePolicy(nonce: string, options: PolicyOptions): string {
  const scripts = ["'self'", `'nonce-${nonce}'`, "'strict-dynamic'"]
  return write(
    {
      ...COMMON,
      'script-src': options.development ? [...scripts, "'unsafe-eval'"] : scripts,
      'style-src': options.development ? ["'self'", "'unsafe-inline'"] : ["'self'", `'nonce-${nonce}'`],
      'style-src-attr': ["'unsafe-inline'"],
    },
    options,
  )
}

/** The static page of the phone: the inline scripts it was built with, by hash, and our own files. */
export function staticPolicy(scriptHashes: readonly string[], options: PolicyOptions): string {
  const hashes = scriptHashes.map((hash) => `'${hash}'`)
  const inDevelopment = ["'self'", "'unsafe-inline'", "'unsafe-eval'"]
  return write(
    {
      ...COMMON,
      'script-src': options.development ? inDevelopment : ["'self'", ...hashes],
      'style-src': options.development ? ["'self'", "'unsafe-inline'"] : ["'self'"],
    },
    options,
  )
}

// This host alone: its neighbours under the same domain are not ours to decide for.
export const STRICT_TRANSPORT = 'max-age=31536000'

/** Answers that are data: nothing of them is ever a page. */
export const DATA_POLICY = "default-src 'none'; frame-ancestors 'none'"

/** A picture opened by itself: browsers set its size by a style, and nothing else happens there. */
export const PHOTO_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox"

function write(directives: Readonly<Record<string, readonly string[]>>, { secure }: PolicyOptions): string {
  const lines = Object.entries(directives).map(([name, sources]) => [name, ...sources].join(' '))
  return [...lines, ...(secure ? ['upgrade-insecure-requests'] : [])].join('; ')
}
