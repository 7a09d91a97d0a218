/**
 * The network address a request came from. The server appends the socket's own to X-Forwarded-For (instrumentation),
 * so what a client writes there stands further left: with `proxies` of ours in front, theirs are skipped from the right.
 */
export function clientAddress(forwardedFor: string | null, proxies: number): string {
  const chain = (forwardedFor ?? '').split(',').flatMap((part) => part.trim() || [])
  return chain.at(-1 - proxies) ?? chain[0] ?? 'unknown'
}
