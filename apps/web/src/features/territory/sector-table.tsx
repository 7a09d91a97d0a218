'use client'
import { type Column, DataTable } from '@fieldback/ui/data-table'
import { LevelMark } from '@fieldback/ui/level-mark'
import { SectionHead } from '@fieldback/ui/section-head'
import { Sparkline } from '@fieldback/ui/sparkline'
import { Tag } from '@fieldback/ui/tag'
import { TextLink } from '@fieldback/ui/text-link'
import ChevronDown from 'lucide-react/icons/chevron-down'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useLevelName } from '../../client/levels.tsx'
import { nextLink, PageLink } from '../../client/next-link.tsx'
import { useAddress } from '../../client/use-address.ts'
import { useFormats } from '../../client/use-formats.ts'
import type { TerritoryPage } from './territory-page.ts'

type Sector = TerritoryPage['children'][number]

/** Lines shown before the rest is asked for. */
const FIRST = 6

const FIGURES: Readonly<Record<string, (sector: Sector) => number | string>> = {
  name: (sector) => sector.name,
  accounts: (sector) => sector.accounts,
  reports: (sector) => sector.reports30Days,
  fields: (sector) => sector.ownFields,
}

/** What lies under a territory; its order is part of the address. */
export function SectorTable({ page }: { page: TerritoryPage }) {
  const text = useTranslations('territory')
  const levelName = useLevelName()
  const address = useAddress()
  const [all, setAll] = useState(false)
  const sort = readSort(address.get('sort'))
  const sectors = sorted(page.children, sort)
  // A closed one is there to be emptied: it waits behind no other.
  const shown = sectors.filter(({ closed }, index) => all || closed || index < FIRST)
  const rest = sectors.length - shown.length
  const rank = page.children[0]?.rank ?? 3
  return (
    <section aria-labelledby="under">
      <SectionHead
        id="under"
        aside={
          page.can.moveAccounts && (
            <TextLink href={`/manage/accounts?at=${page.territory.id}`} renderLink={nextLink}>
              {text('sectors.move')}
            </TextLink>
          )
        }
      >
        {text(`sectors.title.${rank}`, { level: levelName(rank) })}
      </SectionHead>
      <DataTable
        caption={text('sectors.caption', { place: page.territory.name })}
        columns={useColumns(levelName(rank))}
        rows={shown}
        rowKey={(sector) => sector.id}
        sort={sort}
        onSort={(key, direction) => address.set({ sort: `${key}.${direction}` })}
      />
      {rest > 0 && (
        <p className="mt-2">
          <TextLink onClick={() => setAll(true)} endIcon={<ChevronDown size={16} />}>
            {text('sectors.more', { count: rest })}
          </TextLink>
        </p>
      )}
    </section>
  )
}

function useColumns(level: string): Column<Sector>[] {
  const text = useTranslations('territory')
  const formats = useFormats()
  return [
    {
      key: 'name',
      head: text('sectors.name'),
      sortable: true,
      cell: ({ id, name, rank, closed }) => (
        <PageLink
          href={closed ? `/manage/accounts?at=${id}` : `/manage/t/${id}`}
          className="touch inline-flex items-center gap-2 hover:underline"
        >
          <LevelMark rank={rank} size={16} label={level} />
          {name}
          {closed && <Tag>{text('sectors.closed')}</Tag>}
        </PageLink>
      ),
    },
    {
      key: 'heldBy',
      head: text('sectors.heldBy'),
      cell: ({ heldBy }) =>
        heldBy === null ? (
          <span className="text-ink-3">{text('sectors.nobody')}</span>
        ) : (
          <span className="text-ink-2">
            {text('sectors.holders', { first: heldBy.first, others: heldBy.count - 1 })}
          </span>
        ),
    },
    {
      key: 'accounts',
      head: text('sectors.accounts'),
      figure: true,
      sortable: true,
      cell: ({ accounts }) => formats.number(accounts),
    },
    {
      key: 'reports',
      head: text('sectors.reports'),
      figure: true,
      sortable: true,
      cell: ({ reports30Days }) => formats.number(reports30Days),
    },
    {
      key: 'weeks',
      head: text('sectors.weeks'),
      width: '96px',
      cell: ({ weeks, name }) => (
        <Sparkline values={weeks} label={text('sectors.trend', { place: name, weeks: weeks.join(', ') })} />
      ),
    },
    {
      key: 'fields',
      head: text('sectors.ownFields'),
      figure: true,
      sortable: true,
      cell: ({ ownFields }) =>
        ownFields === 0 ? (
          <span className="text-ink-3">{text('sectors.noField')}</span>
        ) : (
          formats.number(ownFields)
        ),
    },
  ]
}

type Sort = { readonly key: string; readonly direction: 'ascending' | 'descending' }

function readSort(written: string | null): Sort {
  const [key = '', direction] = (written ?? '').split('.')
  if (!(key in FIGURES)) return { key: 'accounts', direction: 'descending' }
  return { key, direction: direction === 'ascending' ? 'ascending' : 'descending' }
}

function sorted(sectors: readonly Sector[], { key, direction }: Sort): Sector[] {
  const figure = FIGURES[key] ?? ((sector: Sector) => sector.accounts)
  const sign = direction === 'ascending' ? 1 : -1
  return sectors.toSorted((a, b) => {
    const [x, y] = [figure(a), figure(b)]
    const order =
      typeof x === 'number' && typeof y === 'number' ? x - y : String(x).localeCompare(String(y), 'fr')
    return sign * order || a.name.localeCompare(b.name, 'fr')
  })
}
