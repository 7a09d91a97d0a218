import ChevronRight from 'lucide-react/icons/chevron-right'
import type { ReactNode } from 'react'
import { Action } from './action.tsx'
import { joinClasses } from './join-classes.ts'
import type { RenderLink } from './link.ts'

export type ListRowProps = {
  /** A mark or icon (20), an avatar (40). */
  lead?: ReactNode
  title: ReactNode
  /** What a row states rather than names is written in the text's own weight. */
  plain?: boolean | undefined
  text?: ReactNode
  /** At the right, quiet: a time, a count. */
  aside?: ReactNode
  /** At the right, pressed on its own: an IconButton. */
  action?: ReactNode
  href?: string | undefined
  onClick?: (() => void) | undefined
  renderLink?: RenderLink | undefined
  /** An arrow at the right says that it opens. */
  chevron?: boolean | undefined
  current?: boolean | undefined
}

const ROW = 'flex min-h-15 min-w-0 flex-1 gap-3 py-3 pr-4 pl-5 text-left'
const PRESSED =
  'transition-colors hover:bg-canvas active:bg-sunken focus-visible:-outline-offset-2 aria-[current]:bg-canvas'

function RowText({ title, plain, text }: Pick<ListRowProps, 'title' | 'plain' | 'text'>) {
  return (
    <span className="min-w-0 flex-1">
      <span className={joinClasses('block leading-6', plain ? '' : 'font-strong')}>{title}</span>
      {text && <span className="block text-ink-2 text-small desk:text-caption">{text}</span>}
    </span>
  )
}

/** The everyday row: what, one line about it, and at most one gesture. */
export function ListRow(props: ListRowProps) {
  const { lead, aside, action, href, onClick, renderLink, current } = props
  const top = props.text ? 'items-start' : 'items-center'
  const inside = (
    <>
      {lead && (
        <span className={joinClasses('flex-none', props.text ? 'pt-0.5' : '', 'text-ink-2')}>{lead}</span>
      )}
      <RowText {...props} />
      {aside && <span className="flex-none text-ink-2 text-small tabular-nums leading-6">{aside}</span>}
      {props.chevron && <ChevronRight size={20} className="mt-0.5 text-ink-3" />}
    </>
  )
  const pressed = {
    className: joinClasses(ROW, top, PRESSED),
    'aria-current': current ? 'true' : undefined,
  } as const
  return (
    <li className={joinClasses('flex items-center', action ? 'pr-4' : '')}>
      {href !== undefined ? (
        <Action href={href} renderLink={renderLink} {...pressed}>
          {inside}
        </Action>
      ) : onClick ? (
        <Action onClick={onClick} {...pressed}>
          {inside}
        </Action>
      ) : (
        <div className={joinClasses(ROW, top)}>{inside}</div>
      )}
      {action}
    </li>
  )
}
