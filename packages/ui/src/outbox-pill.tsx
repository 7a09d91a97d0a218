import ArrowUp from 'lucide-react/icons/arrow-up'
import Check from 'lucide-react/icons/check'
import CircleDashed from 'lucide-react/icons/circle-dashed'
import Smartphone from 'lucide-react/icons/smartphone'
import type { ReactNode } from 'react'
import { joinClasses } from './join-classes.ts'
import { plainLink, type RenderLink } from './link.ts'

/** On this phone, sent, accepted, to complete. */
export type OutboxKind = 'phone' | 'sent' | 'ok' | 'todo'

const LOOK: Record<OutboxKind, string> = {
  phone: 'bg-sunken text-ink',
  sent: 'inset-ring inset-ring-line-2',
  ok: 'bg-accent-soft text-accent-ink',
  todo: 'bg-ink text-on-ink',
}
const ICON = { phone: Smartphone, sent: ArrowUp, ok: Check, todo: CircleDashed }

export type OutboxPillProps = {
  kind: OutboxKind
  /** In words: "3 sur ce téléphone". */
  children: ReactNode
  href: string
  renderLink?: RenderLink | undefined
}

/** Always top right: the most urgent state of what waits to be sent, in words. */
export function OutboxPill({ kind, children, href, renderLink = plainLink }: OutboxPillProps) {
  const Icon = ICON[kind]
  return (
    <>
      {renderLink({
        href,
        className: joinClasses(
          'touch inline-flex h-8 flex-none items-center gap-1.5 whitespace-nowrap rounded-full pr-3 pl-[9px] font-medium text-caption leading-none',
          LOOK[kind],
        ),
        children: (
          <>
            <Icon size={16} />
            <span>{children}</span>
          </>
        ),
      })}
    </>
  )
}

export type OutboxHeadProps = {
  kind: OutboxKind
  /** Of what stands for no state of its own. */
  icon?: typeof Check
  title: ReactNode
  text: ReactNode
}

/** The same state as the head of its section in the outbox. */
export function OutboxHead({ kind, icon: Icon = ICON[kind], title, text }: OutboxHeadProps) {
  return (
    <div className="mb-2.5 flex items-start gap-2.5">
      <span
        className={joinClasses('-mt-0.5 grid size-7 flex-none place-items-center rounded-full', LOOK[kind])}
      >
        <Icon size={16} />
      </span>
      <div>
        <h2 className="text-lead">{title}</h2>
        <p className="text-ink-2 text-small">{text}</p>
      </div>
    </div>
  )
}
