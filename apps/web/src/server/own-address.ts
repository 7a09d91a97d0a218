/** An address inside this application, or its root: what follows a sign-in must never lead to another site. */
export function ownAddress(wanted: unknown): string {
  if (typeof wanted !== 'string' || !/^\/[^/\\]/.test(wanted)) return '/'
  const base = 'http://fieldback.invalid'
  if (!URL.canParse(wanted, base)) return '/'
  const { origin, pathname, search } = new URL(wanted, base)
  return origin === base ? pathname + search : '/'
}
