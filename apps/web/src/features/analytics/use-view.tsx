'use client'
import type { RenderLink } from '@fieldback/ui/link'
import { usePathname, useSearchParams } from 'next/navigation'
import type { MouseEvent } from 'react'
import { useMember } from '../../client/member.tsx'
import { readView, type View, writeView } from './address.ts'

export type ViewState = {
  readonly view: View
  /** Changes the view and the address; the back button returns. */
  readonly change: (patch: Partial<View>) => void
  readonly hrefOf: (patch: Partial<View>) => string
}

/** The view that the address says. */
export function useView(): ViewState {
  const params = useSearchParams()
  const path = usePathname()
  const { day } = useMember()
  const view = readView(new URLSearchParams(params), day)
  const hrefOf = (patch: Partial<View>) => `${path}?${writeView({ ...view, ...patch })}`
  return { view, hrefOf, change: (patch) => window.history.pushState(null, '', hrefOf(patch)) }
}

/** A link to another view of the same screen: the address changes, the page stays; with a key held, as any link. */
export const viewLink: RenderLink = ({ href, onClick, ...rest }) => {
  const follow = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event)
    const modified = event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button !== 0
    if (event.defaultPrevented || modified) return
    event.preventDefault()
    window.history.pushState(null, '', href)
  }
  return <a {...rest} href={href} onClick={follow} />
}
