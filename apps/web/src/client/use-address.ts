'use client'
import { usePathname, useSearchParams } from 'next/navigation'
import { useCallback, useEffect } from 'react'

export type AddressChange = Readonly<Record<string, string | null>>

/** The page that a link leads to, until it is there. */
let ahead: { readonly path: string; readonly since: number } | null = null
/** One that has not come by then does not come. */
const PATIENCE_MS = 10_000

/** A link of the desk was followed. */
export const setOut = (href: string): void => {
  ahead = { path: new URL(href, location.href).pathname, since: performance.now() }
}

const isLeaving = (): boolean =>
  ahead !== null && ahead.path !== location.pathname && performance.now() - ahead.since < PATIENCE_MS

/**
 * What a view is set to, kept in its address so that it can be sent to a colleague: `set({ kind: 'prospect', q: null })`.
 * The page is not asked again from the server.
 */
export function useAddress(): {
  readonly get: (name: string) => string | null
  readonly set: (change: AddressChange, how?: 'push' | 'replace') => void
} {
  const params = useSearchParams()
  const pathname = usePathname()
  // biome-ignore lint/correctness/useExhaustiveDependencies: whichever page has come.
  useEffect(() => {
    ahead = null
  }, [pathname])
  const set = useCallback((change: AddressChange, how: 'push' | 'replace' = 'replace') => {
    const address = new URL(location.href)
    for (const [name, value] of Object.entries(change)) {
      if (value === null || value === '') address.searchParams.delete(name)
      else address.searchParams.set(name, value)
    }
    // Written again, it would call off a page that is on its way: what is left behind need not be put in order.
    if (address.href === location.href || (how === 'replace' && isLeaving())) return
    if (how === 'push') history.pushState(null, '', address)
    else history.replaceState(null, '', address)
  }, [])
  return { get: (name) => params.get(name), set }
}
