import { type AnchorHTMLAttributes, createElement, type ReactNode } from 'react'

type DataAttributes = { [name: `data-${string}`]: string | undefined }

export type LinkProps = AnchorHTMLAttributes<HTMLAnchorElement> & DataAttributes & { href: string }

/**
 * How a component draws its links: the app passes its router's link, e.g. `(props) => <Link {...props} />`.
 * Without it, plain anchors, which reload the page.
 */
export type RenderLink = (props: LinkProps) => ReactNode

export const plainLink: RenderLink = (props) => createElement('a', props)
