'use client'
import ChevronsUpDown from 'lucide-react/icons/chevrons-up-down'
import Menu from 'lucide-react/icons/menu'
import { type MouseEvent, type ReactNode, useId, useRef } from 'react'
import { Avatar } from './avatar.tsx'
import { plainLink, type RenderLink } from './link.ts'
import { Logo } from './logo.tsx'

export type RailItem = {
  href: string
  /** 18 px. */
  icon: ReactNode
  label: string
  current?: boolean | undefined
}

export type RailProps = {
  brand: { href: string; name: string }
  /** Names the navigation. */
  label: string
  /** Groups, parted by a line. */
  groups: readonly (readonly RailItem[])[]
  person: { name: string; role: string; initials: string }
  /** What opens above the person: settings, other organisation, sign out. */
  personMenu?: ReactNode
  /** Names the button that opens that menu; needed with `personMenu`. */
  personMenuLabel?: string | undefined
  /** Between the brand and the places: the search. */
  search?: ReactNode
  /** Names the button that opens the menu under 1024 px. */
  menuLabel: string
  renderLink?: RenderLink | undefined
}

const PLACE =
  'flex h-11 items-center gap-2.5 rounded-[10px] px-2.5 font-medium text-ink-2 transition-colors hover:text-ink lg:h-9 ' +
  'aria-[current]:bg-surface aria-[current]:text-ink aria-[current]:shadow-1 max-lg:aria-[current]:bg-sunken ' +
  'max-lg:aria-[current]:shadow-none aria-[current]:[&_.lucide]:text-accent-ink'

function Places({ groups, renderLink }: { groups: RailProps['groups']; renderLink: RenderLink }) {
  return groups.map((group, place) => (
    <ul
      key={group[0]?.href ?? place}
      className="before:mx-2.5 before:my-2 before:block before:h-px before:bg-line first:before:hidden"
    >
      {group.map((item) => (
        <li key={item.href}>
          {renderLink({
            href: item.href,
            'aria-current': item.current ? 'page' : undefined,
            className: PLACE,
            children: (
              <>
                {item.icon}
                {item.label}
              </>
            ),
          })}
        </li>
      ))}
    </ul>
  ))
}

function Person({ person, menu, menuLabel }: PersonProps) {
  const id = useId()
  const face = (
    <>
      <Avatar small>{person.initials}</Avatar>
      <span className="min-w-0 flex-1">
        <b className="block truncate text-small leading-[18px]">{person.name}</b>
        <span className="block truncate text-ink-2 text-micro">{person.role}</span>
      </span>
    </>
  )
  const box = 'flex min-h-12 w-full items-center gap-2.5 rounded-[10px] px-2.5 py-2 text-left'
  if (!menu) return <div className={box}>{face}</div>
  return (
    <>
      <button type="button" popoverTarget={id} className={`${box} transition-colors hover:bg-sunken`}>
        {face}
        <ChevronsUpDown size={16} className="text-ink-3" />
        <span className="sr-only">{menuLabel}</span>
      </button>
      <div
        id={id}
        popover="auto"
        className="fixed inset-auto bottom-[calc(4.5rem+env(safe-area-inset-bottom))] left-3 m-0 max-h-[70dvh] w-64 max-w-[calc(100vw-1.5rem)] overflow-auto rounded-md bg-raised p-2 text-ink shadow-3"
      >
        {menu}
      </div>
    </>
  )
}

type PersonProps = { person: RailProps['person']; menu: ReactNode; menuLabel: string | undefined }

/**
 * The desk's places at the left; under 1024 px a bar at the top whose button opens them. The menu is a native popover:
 * Escape and a tap beside close it; following a link does too.
 */
export function Rail(props: RailProps) {
  const { brand, label, groups, person, renderLink = plainLink } = props
  const menuId = useId()
  const menu = useRef<HTMLDivElement>(null)
  const closeOnLink = (event: MouseEvent) => {
    const onLink = event.target instanceof Element && event.target.closest('a')
    if (onLink && menu.current?.matches(':popover-open')) menu.current.hidePopover()
  }
  return (
    <header className="sticky top-0 z-20 bg-canvas lg:flex lg:h-dvh lg:flex-col lg:overflow-y-auto lg:px-3 lg:pt-5 lg:pb-3">
      <div className="flex h-14 flex-none items-center justify-between px-4 lg:h-auto lg:px-2.5">
        {renderLink({
          href: brand.href,
          className:
            'touch flex items-center gap-2.5 font-strong text-[17px] leading-[26px] tracking-[-0.01em]',
          children: (
            <>
              <Logo size={26} />
              {brand.name}
            </>
          ),
        })}
        <button
          type="button"
          popoverTarget={menuId}
          aria-label={props.menuLabel}
          className="-mr-2 grid size-11 place-items-center rounded-full hover:bg-sunken lg:hidden"
        >
          <Menu size={22} />
        </button>
      </div>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: Enter on a link is a click too; the container is not a control. */}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: as above. */}
      <div
        id={menuId}
        ref={menu}
        popover="auto"
        onClick={closeOnLink}
        className="inset-x-2 top-14 m-0 w-auto flex-col overflow-visible rounded-card bg-raised p-2 text-ink shadow-3 open:flex max-lg:max-h-[calc(100dvh-4.5rem)] max-lg:overflow-auto lg:static lg:flex lg:h-auto lg:flex-1 lg:rounded-none lg:bg-transparent lg:p-0 lg:shadow-none"
      >
        {props.search && <div className="mb-3 lg:mt-5">{props.search}</div>}
        <nav aria-label={label} className={props.search ? '' : 'lg:mt-5'}>
          <Places groups={groups} renderLink={renderLink} />
        </nav>
        <div className="mt-2 lg:mt-auto lg:pt-3">
          <Person person={person} menu={props.personMenu} menuLabel={props.personMenuLabel} />
        </div>
      </div>
    </header>
  )
}
