import {
  type AnchorHTMLAttributes,
  createElement,
  type MouseEventHandler,
  type ReactNode,
  type TouchEventHandler,
} from 'react'

type DataAttributes = { [name: `data-${string}`]: string | undefined }

// Next's link takes these three as present or absent, never as undefined.
type Handlers = {
  onClick?: MouseEventHandler<HTMLAnchorElement>
  onMouseEnter?: MouseEventHandler<HTMLAnchorElement>
  onTouchStart?: TouchEventHandler<HTMLAnchorElement>
}

export type LinkProps = Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'href' | keyof Handlers> &
  Handlers &
  DataAttributes & { href: string }

/**
 * How a component draws its links: the app passes its router's link, e.g. `(props) => <Link {...props} />`.
 * Without it, plain anchors, which reload the page.
 */
export type RenderLink = (props: LinkProps) => ReactNode

export const plainLink: RenderLink = (props) => createElement('a', props)
