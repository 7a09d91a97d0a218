'use client'
import type { Permission } from '@fieldback/domain/access/permissions'
import { Rail, type RailItem } from '@fieldback/ui/rail'
import Building2 from 'lucide-react/icons/building-2'
import ChartSpline from 'lucide-react/icons/chart-spline'
import FileInput from 'lucide-react/icons/file-input'
import Flag from 'lucide-react/icons/flag'
import GitCompareArrows from 'lucide-react/icons/git-compare-arrows'
import HandHelping from 'lucide-react/icons/hand-helping'
import Hourglass from 'lucide-react/icons/hourglass'
import Inbox from 'lucide-react/icons/inbox'
import MapIcon from 'lucide-react/icons/map'
import Network from 'lucide-react/icons/network'
import NotebookPen from 'lucide-react/icons/notebook-pen'
import ScrollText from 'lucide-react/icons/scroll-text'
import Smartphone from 'lucide-react/icons/smartphone'
import Store from 'lucide-react/icons/store'
import Telescope from 'lucide-react/icons/telescope'
import TextCursorInput from 'lucide-react/icons/text-cursor-input'
import Users from 'lucide-react/icons/users'
import { usePathname } from 'next/navigation'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { useMay, useMember } from './member.tsx'
import { nextLink } from './next-link.tsx'
import { PersonMenu } from './person-menu.tsx'

type Place = {
  readonly href: string
  readonly label:
    | 'manage'
    | 'fields'
    | 'accounts'
    | 'reports'
    | 'quarantine'
    | 'insights'
    | 'coaching'
    | 'objectives'
    | 'hq'
    | 'waste'
    | 'scenarios'
    | 'people'
    | 'territories'
    | 'imports'
    | 'organisation'
    | 'audit'
    | 'phone'
  readonly permission: Permission
  readonly icon: ReactNode
  /** Where what it holds begins, when that is not under its own address. */
  readonly holds?: string
}

/** The desk's places, in the order of the rail; a place is shown to those who hold its permission. */
const PLACES: readonly (readonly Place[])[] = [
  [
    { href: '/manage', label: 'manage', permission: 'field.define', icon: <MapIcon size={18} /> },
    {
      href: '/manage/fields',
      label: 'fields',
      permission: 'field.define',
      icon: <TextCursorInput size={18} />,
    },
    { href: '/manage/accounts', label: 'accounts', permission: 'account.move', icon: <Store size={18} /> },
    // Read by whoever reads figures of a branch: these are what the figures are made of.
    {
      href: '/manage/reports',
      label: 'reports',
      permission: 'analytics.read',
      icon: <NotebookPen size={18} />,
    },
    {
      href: '/manage/insights',
      label: 'insights',
      permission: 'analytics.read',
      icon: <Telescope size={18} />,
    },
    {
      href: '/manage/objectives',
      label: 'objectives',
      permission: 'objective.state',
      icon: <Flag size={18} />,
    },
    {
      href: '/manage/coaching',
      label: 'coaching',
      permission: 'analytics.read',
      icon: <HandHelping size={18} />,
    },
    {
      href: '/manage/quarantine',
      label: 'quarantine',
      permission: 'quarantine.settle',
      icon: <Inbox size={18} />,
    },
  ],
  // One of each two: the same screens, in the area where one is at home.
  [
    { href: '/hq', label: 'hq', permission: 'analytics.read', icon: <ChartSpline size={18} /> },
    { href: '/manage/analytics', label: 'hq', permission: 'analytics.read', icon: <ChartSpline size={18} /> },
    { href: '/hq/waste', label: 'waste', permission: 'analytics.read', icon: <Hourglass size={18} /> },
    { href: '/manage/waste', label: 'waste', permission: 'analytics.read', icon: <Hourglass size={18} /> },
    {
      href: '/manage/scenarios',
      label: 'scenarios',
      permission: 'scenario.read',
      icon: <GitCompareArrows size={18} />,
    },
  ],
  [
    {
      href: '/admin',
      holds: '/admin/people',
      label: 'people',
      permission: 'organisation.administer',
      icon: <Users size={18} />,
    },
    {
      href: '/admin/territories',
      label: 'territories',
      permission: 'organisation.administer',
      icon: <Network size={18} />,
    },
    { href: '/admin/imports', label: 'imports', permission: 'data.import', icon: <FileInput size={18} /> },
    {
      href: '/admin/organisation',
      label: 'organisation',
      permission: 'organisation.administer',
      icon: <Building2 size={18} />,
    },
    {
      href: '/admin/audit',
      label: 'audit',
      permission: 'organisation.administer',
      icon: <ScrollText size={18} />,
    },
  ],
  [{ href: '/m', label: 'phone', permission: 'report.create', icon: <Smartphone size={18} /> }],
]

const HEADQUARTERS = ['/hq', '/hq/waste']
const ELSEWHERE = ['/manage/analytics', '/manage/waste']

/** The rail of every desk screen: `<DeskScreen rail={<DeskRail />}>`. */
export function DeskRail() {
  const common = useTranslations('common')
  const text = useTranslations('desk')
  const access = useTranslations('access')
  const path = usePathname()
  const may = useMay()
  const member = useMember()
  const here = placeOf(path)
  const others = member.roles.includes('headquarters') ? ELSEWHERE : HEADQUARTERS
  const groups = PLACES.map((group) =>
    group
      .filter(({ href, permission }) => may(permission) && !others.includes(href))
      .map(
        ({ href, label, icon }): RailItem => ({
          href,
          icon,
          label: text(label),
          current: href === here,
        }),
      ),
  ).filter((group) => group.length > 0)
  return (
    <Rail
      brand={{ href: member.home, name: common('product') }}
      label={text('navigation')}
      menuLabel={common('menu')}
      groups={groups}
      person={{
        name: member.displayName,
        role: member.roles.map((role) => access(`role.${role}`)).join(', '),
        initials: initialsOf(member.displayName),
      }}
      personMenu={<PersonMenu />}
      personMenuLabel={access('menu.open')}
      renderLink={nextLink}
    />
  )
}

/** The narrowest place that holds an address: /manage/fields/new is among the fields; the set-up is in none. */
const placeOf = (path: string): string | undefined =>
  PLACES.flat()
    .filter(({ href, holds = href }) => path === href || path.startsWith(`${holds}/`))
    .map(({ href }) => href)
    .toSorted((a, b) => b.length - a.length)[0]

const initialsOf = (name: string) =>
  name
    .split(/\s+/)
    .slice(0, 2)
    .map((part) => part.slice(0, 1).toUpperCase())
    .join('')
