import type { RenderLink } from '@fieldback/ui/link'
import Link from 'next/link'
import type { ComponentProps } from 'react'
import { setOut } from './use-address.ts'

type PageLinkProps = Omit<ComponentProps<typeof Link>, 'prefetch' | 'onNavigate'>

/**
 * A link of the desk. Its page is fetched when it is opened, and not because the link is on the screen: a list of a
 * branch would ask the server for forty pages that nobody opens.
 */
export function PageLink(props: PageLinkProps) {
  return <Link {...props} prefetch={false} onNavigate={() => setOut(String(props.href))} />
}

/** Gives the components of packages/ui the router's links: `renderLink={nextLink}`. */
export const nextLink: RenderLink = (props) => <PageLink {...(props as PageLinkProps)} />
