import type { RenderLink } from '@fieldback/ui/link'
import Link from 'next/link'
import type { ComponentProps } from 'react'

/** Gives the components of packages/ui the router's links: `renderLink={nextLink}`. */
export const nextLink: RenderLink = (props) => <Link {...(props as ComponentProps<typeof Link>)} />
