import type { ReactNode } from 'react'
import { joinClasses } from './join-classes.ts'
import { plainLink, type RenderLink } from './link.ts'

export type TabItem = {
  href: string
  /** 24 px. */
  icon: ReactNode
  label: string
  current?: boolean | undefined
  /** The big one: filled. Third of four. */
  main?: boolean | undefined
}

/** The phone's four places. In the flow of the page: it never covers what is written. */
export function TabBar({ label, items, renderLink = plainLink }: TabBarProps) {
  return (
    <nav
      aria-label={label}
      data-bar="tabs"
      className="sticky bottom-0 z-10 bg-surface pb-[env(safe-area-inset-bottom)] shadow-[0_-1px_0_var(--fb-line)]"
    >
      <ul className="grid h-(--fb-nav) auto-cols-fr grid-flow-col items-center px-2 has-[[data-main]]:grid-cols-[1fr_1fr_124px_1fr]">
        {items.map((item) => (
          <li key={item.href}>
            {renderLink({
              href: item.href,
              'aria-current': item.current ? 'page' : undefined,
              'data-main': item.main ? 'true' : undefined,
              className: joinClasses(
                'flex h-14 flex-col items-center justify-center gap-[3px] font-medium text-micro transition-colors',
                item.main
                  ? 'mx-1 rounded-[18px] bg-accent text-on-accent active:bg-accent-hover'
                  : 'rounded-md text-ink-2 aria-[current]:text-accent-ink aria-[current]:[&_.lucide]:fill-accent-soft',
              ),
              children: (
                <>
                  {item.icon}
                  <span>{item.label}</span>
                </>
              ),
            })}
          </li>
        ))}
      </ul>
    </nav>
  )
}

export type TabBarProps = {
  /** Names the navigation. */
  label: string
  items: readonly TabItem[]
  renderLink?: RenderLink | undefined
}
