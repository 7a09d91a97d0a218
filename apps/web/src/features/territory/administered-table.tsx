'use client'
import { Button } from '@fieldback/ui/button'
import { type Column, DataTable } from '@fieldback/ui/data-table'
import { Empty } from '@fieldback/ui/empty'
import { LevelMark } from '@fieldback/ui/level-mark'
import { SectionHead } from '@fieldback/ui/section-head'
import { Tag } from '@fieldback/ui/tag'
import Network from 'lucide-react/icons/network'
import { useTranslations } from 'next-intl'
import { useLevelName } from '../../client/levels.tsx'
import { PageLink } from '../../client/next-link.tsx'
import { useAddress } from '../../client/use-address.ts'
import { useFormats } from '../../client/use-formats.ts'
import type { AdministeredLine, AdministeredProps } from './administered.ts'
import type { useClosing } from './use-closing.ts'

const FIGURES = ['accounts', 'people', 'fields', 'territories'] as const
type Figure = (typeof FIGURES)[number]
const HEADS = { accounts: 'accounts', people: 'people', fields: 'fields', territories: 'under' } as const

/** What lies just under a territory, and how full each branch is; the order is in the address. */
export function AdministeredTable({ page, hrefOf }: AdministeredProps) {
  const text = useTranslations('territory')
  const address = useAddress()
  const sort = readSort(address.get('sort'))
  const { territory, children, ranks } = page
  const columns = useColumns(hrefOf)
  return (
    <section aria-labelledby="under">
      <SectionHead id="under">{text('admin.children.title')}</SectionHead>
      {children.length === 0 ? (
        <Empty
          icon={<Network size={28} />}
          title={text('admin.children.none', { place: territory.name })}
          text={text(ranks.length > 0 ? 'admin.children.noneNext' : 'admin.children.noneLast')}
        />
      ) : (
        <DataTable
          caption={text('admin.children.caption', { place: territory.name })}
          columns={columns}
          rows={sorted(children, sort)}
          rowKey={(line) => line.id}
          sort={sort}
          onSort={(key, direction) => address.set({ sort: `${key}.${direction}` })}
        />
      )}
    </section>
  )
}

const isEmpty = ({ counts }: AdministeredLine) =>
  counts.accounts + counts.people + counts.fields + counts.territories === 0

function useColumns(hrefOf: (id: string) => string): Column<AdministeredLine>[] {
  const text = useTranslations('territory')
  const levelName = useLevelName()
  const formats = useFormats()
  return [
    {
      key: 'name',
      head: text('admin.children.name'),
      sortable: true,
      cell: (line) => (
        <PageLink href={hrefOf(line.id)} className="touch flex w-fit items-center gap-2 hover:underline">
          <LevelMark rank={line.rank} size={16} label={levelName(line.rank)} />
          {line.name}
          {isEmpty(line) && <Tag>{text('admin.children.empty')}</Tag>}
        </PageLink>
      ),
    },
    {
      key: 'code',
      head: text('admin.children.code'),
      cell: ({ code }) => <span className="text-ink-2 tabular-nums">{code}</span>,
    },
    ...FIGURES.map(
      (key): Column<AdministeredLine> => ({
        key,
        head: text(`admin.children.${HEADS[key]}`),
        figure: true,
        sortable: true,
        cell: ({ counts }) =>
          counts[key] === 0 ? <span className="text-ink-3">0</span> : formats.number(counts[key]),
      }),
    ),
  ]
}

type ClosedProps = Pick<AdministeredProps, 'page'> & { readonly closing: ReturnType<typeof useClosing> }

/** Those that were closed, to open again. */
export function ClosedTable({ page, closing }: ClosedProps) {
  const text = useTranslations('territory')
  const levelName = useLevelName()
  return (
    <section aria-labelledby="closed">
      <SectionHead id="closed">{text('admin.closed.title')}</SectionHead>
      <p className="-mt-2 mb-2 text-ink-2 text-small">{text('admin.closed.note')}</p>
      <ul className="divide-y divide-line">
        {page.closed.map((line) => (
          <li key={line.id} className="flex min-h-13 items-center gap-2">
            <LevelMark rank={line.rank} size={16} label={levelName(line.rank)} />
            <span className="min-w-0 flex-1 truncate text-ink-2">{line.name}</span>
            {line.counts.accounts > 0 && (
              <Tag>{text('admin.closed.accounts', { count: line.counts.accounts })}</Tag>
            )}
            <Button
              variant="ghost"
              disabled={closing.pending}
              aria-label={text('admin.closed.reopen', { name: line.name })}
              onClick={() => closing.reopen(line, { undo: line.counts.accounts === 0 })}
            >
              {text('admin.closed.reopenShort')}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}

type Sort = { readonly key: string; readonly direction: 'ascending' | 'descending' }

function readSort(written: string | null): Sort {
  const [key = '', direction] = (written ?? '').split('.')
  if (key !== 'name' && !(FIGURES as readonly string[]).includes(key))
    return { key: 'name', direction: 'ascending' }
  return { key, direction: direction === 'descending' ? 'descending' : 'ascending' }
}

function sorted(lines: readonly AdministeredLine[], { key, direction }: Sort): AdministeredLine[] {
  const sign = direction === 'ascending' ? 1 : -1
  const byName = (a: AdministeredLine, b: AdministeredLine) => a.name.localeCompare(b.name, 'fr')
  if (key === 'name') return lines.toSorted((a, b) => sign * byName(a, b))
  const figure = key as Figure
  return lines.toSorted((a, b) => sign * (a.counts[figure] - b.counts[figure]) || byName(a, b))
}
