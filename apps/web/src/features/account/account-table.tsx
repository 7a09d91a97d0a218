'use client'
import type { AppRouter } from '@fieldback/api/root'
import { type Column, DataTable } from '@fieldback/ui/data-table'
import { LevelMark } from '@fieldback/ui/level-mark'
import { Tag } from '@fieldback/ui/tag'
import type { inferRouterOutputs } from '@trpc/server'
import { useTranslations } from 'next-intl'
import { useLevelName } from '../../client/levels.tsx'
import { useMember } from '../../client/member.tsx'
import { PageLink } from '../../client/next-link.tsx'
import { useFormats } from '../../client/use-formats.ts'
import type { Selection } from './use-selection.ts'

export type AccountLine = inferRouterOutputs<AppRouter>['account']['list']['accounts'][number]

const BOX = 'size-5 accent-accent desk:size-4'

export type AccountTableProps = {
  readonly accounts: readonly AccountLine[]
  /** Null where the reader may not move accounts. */
  readonly selection: Selection | null
}

export function AccountTable({ accounts, selection }: AccountTableProps) {
  const text = useTranslations('accountDesk')
  const columns = useColumns()
  return (
    <DataTable
      caption={text('caption')}
      columns={selection ? [selectColumn(), ...columns] : columns}
      rows={accounts}
      rowKey={(account) => account.id}
    />
  )

  function selectColumn(): Column<AccountLine> {
    const ids = accounts.map((account) => account.id)
    const chosen = selection ?? { ids: new Set<string>(), full: false, toggle: () => {}, toggleAll: () => {} }
    return {
      key: 'select',
      width: '44px',
      head: (
        <label className="-ml-2.5 grid size-11 cursor-pointer place-items-center">
          <input
            type="checkbox"
            aria-label={text('chooseAll')}
            className={BOX}
            checked={ids.every((id) => chosen.ids.has(id))}
            onChange={() => chosen.toggleAll(ids)}
          />
        </label>
      ),
      cell: ({ id, name }) => (
        <label className="-ml-2.5 grid size-11 cursor-pointer place-items-center">
          <input
            type="checkbox"
            aria-label={text('choose', { name })}
            className={BOX}
            checked={chosen.ids.has(id)}
            disabled={chosen.full && !chosen.ids.has(id)}
            onChange={() => chosen.toggle(id)}
          />
        </label>
      ),
    }
  }
}

/** Where an account is; a closed territory leads to what can be done about it. */
function Home({ account: { territoryId, territoryName, rank, closed } }: { account: AccountLine }) {
  const text = useTranslations('accountDesk')
  const levelName = useLevelName()
  const place = (
    <>
      <LevelMark rank={rank} size={16} label={levelName(rank)} />
      {territoryName}
    </>
  )
  if (!closed) return <span className="inline-flex items-center gap-2">{place}</span>
  return (
    <PageLink
      href={`/manage/accounts?at=${territoryId}`}
      className="touch inline-flex items-center gap-2 hover:underline"
    >
      {place}
      <Tag>{text('closed')}</Tag>
    </PageLink>
  )
}

function useColumns(): Column<AccountLine>[] {
  const text = useTranslations('accountDesk')
  const formats = useFormats()
  const { day } = useMember()
  return [
    {
      key: 'name',
      head: text('name'),
      rowHead: true,
      cell: ({ name, kind, ref }) => (
        <span className="inline-flex items-center gap-2">
          {name}
          {ref && <span className="font-regular text-caption text-ink-2">{ref}</span>}
          {kind === 'prospect' && <Tag>{text('prospect')}</Tag>}
        </span>
      ),
    },
    {
      key: 'town',
      head: text('town'),
      cell: ({ postcode, city }) => (
        <span className="text-ink-2">{[postcode, city].filter(Boolean).join(' ')}</span>
      ),
    },
    {
      key: 'home',
      head: text('home'),
      cell: (account) => <Home account={account} />,
    },
    {
      key: 'visit',
      head: text('lastVisit'),
      figure: true,
      cell: ({ lastVisitDay }) =>
        lastVisitDay ? (
          formats.dayFrom(lastVisitDay, day)
        ) : (
          <span className="text-ink-3">{text('never')}</span>
        ),
    },
  ]
}
