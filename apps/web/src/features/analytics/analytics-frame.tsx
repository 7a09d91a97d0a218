'use client'
import type { Place } from '@fieldback/api/analytics/place'
import { inLocale } from '@fieldback/i18n/figure-words'
import { Button } from '@fieldback/ui/button'
import { Crumbs } from '@fieldback/ui/crumbs'
import { DeskScreen } from '@fieldback/ui/desk-screen'
import { PageHead } from '@fieldback/ui/page-head'
import { useToast } from '@fieldback/ui/toast'
import LinkIcon from 'lucide-react/icons/link'
import { usePathname } from 'next/navigation'
import { useLocale } from 'next-intl'
import type { ReactNode } from 'react'
import { DeskRail } from '../../client/desk-rail.tsx'
import { PageLink } from '../../client/next-link.tsx'
import { CountedUntil } from './counted-until.tsx'
import { useText } from './use-figures.ts'
import { useView, viewLink } from './use-view.tsx'
import { writeView } from './write-view.ts'

export type AnalyticsTab = 'overview' | 'explorer'

type Props = {
  tab: AnalyticsTab
  place: Place | undefined
  /** The answer; null while it is not known. */
  title: ReactNode
  lede?: ReactNode
  filters: ReactNode
  /** Beside the copy of the address. */
  actions?: ReactNode
  children: ReactNode
}

/** The page of both screens: where one is, what the figures say, how they are filtered, and the figures. */
export function AnalyticsFrame({ tab, place, title, lede, filters, actions, children }: Props) {
  return (
    <DeskScreen rail={<DeskRail />}>
      <div className="flex flex-col gap-5">
        <Tabs tab={tab} />
        <PageHead
          crumbs={place && <PlaceCrumbs place={place} />}
          title={title}
          lede={lede}
          actions={
            <>
              {actions}
              <CopyView />
            </>
          }
        />
        <div className="flex flex-wrap items-center gap-2">{filters}</div>
        <CountedUntil />
      </div>
      {children}
    </DeskScreen>
  )
}

function Tabs({ tab }: { tab: AnalyticsTab }) {
  const text = useText()
  const path = usePathname()
  const { view } = useView()
  const base = path.replace(/\/explorer$/, '')
  const places = [
    { tab: 'overview', href: base },
    { tab: 'explorer', href: `${base}/explorer` },
  ] as const
  return (
    <nav aria-label={text('tabs.label')}>
      <ul className="flex gap-6 border-line border-b">
        {places.map((one) => (
          <li key={one.tab}>
            <PageLink
              href={`${one.href}?${writeView({ ...view, sort: null })}`}
              aria-current={one.tab === tab ? 'page' : undefined}
              className="-mb-px flex h-11 items-center border-transparent border-b-2 font-medium text-ink-2 text-small transition-colors hover:text-ink aria-[current]:border-ink aria-[current]:text-ink desk:h-9"
            >
              {text(`tabs.${one.tab}`)}
            </PageLink>
          </li>
        ))}
      </ul>
    </nav>
  )
}

function PlaceCrumbs({ place: { line, levelNames } }: { place: Place }) {
  const text = useText()
  const locale = useLocale()
  const { hrefOf } = useView()
  return (
    <Crumbs
      label={text('crumbs')}
      renderLink={viewLink}
      items={line.map((one, at) => {
        const name = levelNames[one.rank]
        const here = at === line.length - 1
        return {
          label: one.name,
          rank: one.rank,
          ...(name ? { levelLabel: inLocale(name, locale) } : {}),
          ...(one.open && !here ? { href: hrefOf({ territoryId: one.id }) } : {}),
        }
      })}
    />
  )
}

function CopyView() {
  const text = useText()
  const toast = useToast()
  const copy = async () => {
    // Browsers give no clipboard to a page without https.
    const copied = await navigator.clipboard?.writeText(window.location.href).then(
      () => true,
      () => false,
    )
    toast({ text: text(copied ? 'copied' : 'copyByHand') })
  }
  return (
    <Button icon={<LinkIcon size={16} />} onClick={copy}>
      {text('copy')}
    </Button>
  )
}
