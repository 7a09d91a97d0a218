'use client'
import { readView, type View } from '@fieldback/domain/analytics/address'
import type { RenderLink } from '@fieldback/ui/link'
import { usePathname, useSearchParams } from 'next/navigation'
import { type MouseEvent, useEffect, useSyncExternalStore } from 'react'
import { useMember } from '../../client/member.tsx'
import { writeView } from './write-view.ts'

export type ViewState = {
  readonly view: View
  /** Changes the view and the address; the back button returns. */
  readonly change: (patch: Partial<View>) => void
  readonly hrefOf: (patch: Partial<View>) => string
}

/** The view that the address says. */
export function useView(): ViewState {
  const path = usePathname()
  const { day } = useMember()
  const view = readView(new URLSearchParams(useQueryText(path)), day)
  const hrefOf = (patch: Partial<View>) => `${path}?${writeView({ ...view, ...patch })}`
  return { view, hrefOf, change: (patch) => goTo(hrefOf(patch)) }
}

/** A link to another view of the same screen: the address changes, the page stays; with a key held, as any link. */
export const viewLink: RenderLink = ({ href, onClick, ...rest }) => {
  const follow = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event)
    const modified = event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button !== 0
    if (event.defaultPrevented || modified) return
    event.preventDefault()
    goTo(href)
  }
  return <a {...rest} href={href} onClick={follow} />
}

// The router tells of a new address in a transition, some frames late: a radio button just tapped would spring back in
// between. Until it has caught up, the address asked for is what counts.
type Ahead = { readonly from: string; readonly to: string }
let ahead: Ahead | null = null
const listeners = new Set<() => void>()

function setAhead(next: Ahead | null): void {
  ahead = next
  for (const listener of listeners) listener()
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

const plain = (query: string) => new URLSearchParams(query).toString()

function goTo(href: string): void {
  const { pathname, search } = window.location
  setAhead({ from: `${pathname}?${plain(search)}`, to: href.slice(href.indexOf('?') + 1) })
  window.history.pushState(null, '', href)
}

function useQueryText(path: string): string {
  const query = plain(useSearchParams().toString())
  const next = useSyncExternalStore(
    subscribe,
    () => ahead,
    () => null,
  )
  const here = `${path}?${query}`
  useEffect(() => {
    if (next && next.from !== here) setAhead(null)
  }, [next, here])
  return next && next.from === here ? next.to : query
}
