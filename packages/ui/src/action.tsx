import type { ButtonHTMLAttributes } from 'react'
import { type LinkProps, plainLink, type RenderLink } from './link.ts'

type AsButton = ButtonHTMLAttributes<HTMLButtonElement> & { href?: undefined; renderLink?: undefined }
type AsLink = LinkProps & { renderLink?: RenderLink | undefined }

/** What can be pressed: with `href` it goes somewhere (a link), without it does something (a button). */
export type ActionProps = AsButton | AsLink

export function Action(props: ActionProps) {
  if (props.href !== undefined) {
    const { renderLink = plainLink, ...link } = props
    return <>{renderLink(link)}</>
  }
  const { renderLink: _none, href: _no, type = 'button', ...button } = props
  return <button type={type} {...button} />
}
