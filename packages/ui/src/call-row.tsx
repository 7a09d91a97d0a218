import Phone from 'lucide-react/icons/phone'
import type { ReactNode } from 'react'
import { IconButton } from './icon-button.tsx'
import { plainLink, type RenderLink } from './link.ts'

export type CallRowProps = {
  lead?: ReactNode
  name: ReactNode
  /** Who, where, what was asked. */
  text?: ReactNode
  /** `tel:+33...`; none when the number is unknown. */
  phoneHref?: string | undefined
  /** "Appeler Peio Mendiboure" */
  callLabel: string
  onCall?: (() => void) | undefined
  /** More gestures before the call: IconButton. */
  more?: ReactNode
  /** Opens the contact or the account. */
  href?: string | undefined
  renderLink?: RenderLink | undefined
}

/** A person to call: one tap dials. */
export function CallRow(props: CallRowProps) {
  const { lead, name, text, phoneHref, callLabel, onCall, more, href, renderLink = plainLink } = props
  const who = (
    <>
      {lead}
      <span className="min-w-0 flex-1">
        <b className="block leading-6">{name}</b>
        {text && <span className="block text-ink-2 text-small">{text}</span>}
      </span>
    </>
  )
  const box = 'flex min-w-0 flex-1 items-center gap-3 py-3 pl-5'
  return (
    <li className="flex min-h-18 items-center gap-3 pr-4">
      {href === undefined ? (
        <div className={box}>{who}</div>
      ) : (
        renderLink({ href, className: `${box} focus-visible:-outline-offset-2`, children: who })
      )}
      {more}
      {phoneHref && (
        <IconButton
          href={phoneHref}
          {...(onCall ? { onClick: onCall } : {})}
          label={callLabel}
          icon={<Phone size={20} />}
          tone="accent"
        />
      )}
    </li>
  )
}
