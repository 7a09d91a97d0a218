'use client'
import { useSearchParams } from 'next/navigation'
import { useCallback } from 'react'

export type AddressChange = Readonly<Record<string, string | null>>

/**
 * What a view is set to, kept in its address so that it can be sent to a colleague: `set({ kind: 'prospect', q: null })`.
 * The page is not asked again from the server.
 */
export function useAddress(): {
  readonly get: (name: string) => string | null
  readonly set: (change: AddressChange, how?: 'push' | 'replace') => void
} {
  const params = useSearchParams()
  const set = useCallback((change: AddressChange, how: 'push' | 'replace' = 'replace') => {
    const address = new URL(location.href)
    for (const [name, value] of Object.entries(change)) {
      if (value === null || value === '') address.searchParams.delete(name)
      else address.searchParams.set(name, value)
    }
    // Written again as it stands, it would call off a page that is on its way.
    if (address.href === location.href) return
    if (how === 'push') history.pushState(null, '', address)
    else history.replaceState(null, '', address)
  }, [])
  return { get: (name) => params.get(name), set }
}
