'use client'
import { Button } from '@fieldback/ui/button'
import { type Column, DataTable } from '@fieldback/ui/data-table'
import { LevelMark } from '@fieldback/ui/level-mark'
import { SectionHead } from '@fieldback/ui/section-head'
import { useQuery } from '@tanstack/react-query'
import UserRoundPen from 'lucide-react/icons/user-round-pen'
import { useTranslations } from 'next-intl'
import { useLevelName } from '../../client/levels.tsx'
import { useTRPC } from '../../client/trpc.tsx'
import { useAddress } from '../../client/use-address.ts'
import { useErrorSentence } from '../../client/use-error-sentence.ts'
import { useFormats } from '../../client/use-formats.ts'
import { DelegateForm } from './delegate-form.tsx'
import type { Delegation, Definers as Told } from './delegation.ts'
import { useDelegation } from './use-delegation.ts'

/** "Peut poser des questions": who may at a territory, by role and by delegation, and the way to hand it on. */
export function DefinersSection({ territoryId }: { territoryId: string }) {
  const trpc = useTRPC()
  const page = useQuery(trpc.territory.get.queryOptions({ territoryId }))
  return page.data?.can.define ? <Definers territoryId={territoryId} /> : null
}

function Definers({ territoryId }: { territoryId: string }) {
  const text = useTranslations('delegation')
  const sentence = useErrorSentence()
  const address = useAddress()
  const list = useQuery(useTRPC().delegation.list.queryOptions({ territoryId }))
  const columns = useColumns()
  const opened = address.get('do') === 'delegate'
  return (
    <section aria-labelledby="definers">
      <SectionHead
        id="definers"
        aside={
          !opened && (
            <Button icon={<UserRoundPen size={16} />} onClick={() => address.set({ do: 'delegate' }, 'push')}>
              {text('give')}
            </Button>
          )
        }
      >
        {text('title')}
      </SectionHead>
      {opened && <DelegateForm territoryId={territoryId} onClose={() => address.set({ do: null })} />}
      {list.error && !list.data && <p className="text-ink-2">{sentence(list.error)}</p>}
      {list.data && (
        <>
          <ByRole definers={list.data} />
          <DataTable
            caption={text('caption')}
            columns={columns}
            rows={list.data.delegations}
            rowKey={({ id }) => id}
            empty={<p className="text-ink-2 text-small">{text('nobody')}</p>}
          />
          {list.data.more && <p className="mt-2 text-ink-2">{text('more')}</p>}
        </>
      )}
    </section>
  )
}

function ByRole({ definers: { byRole, kept } }: { definers: Told }) {
  const text = useTranslations('delegation')
  const access = useTranslations('access')
  const formats = useFormats()
  const names = byRole.map(({ displayName, role, territoryName }) =>
    text('byRoleOne', { name: displayName, role: access(`role.${role}`), place: territoryName }),
  )
  return (
    <p className="-mt-2 mb-2 max-w-[80ch] text-ink-2 text-small">
      {kept && `${text('kept')} `}
      {names.length > 0 && text('byRole', { names: formats.list(names) })}
    </p>
  )
}

function useColumns(): Column<Delegation>[] {
  const text = useTranslations('delegation')
  const levelName = useLevelName()
  const days = useDays()
  const { takeBack } = useDelegation()
  return [
    { key: 'name', head: text('name'), cell: ({ receiverName }) => receiverName },
    {
      key: 'place',
      head: text('place'),
      cell: ({ rank, territoryName }) => (
        <span className="inline-flex items-center gap-2">
          <LevelMark rank={rank} size={16} label={levelName(rank)} />
          {territoryName}
        </span>
      ),
    },
    {
      key: 'giver',
      head: text('giver'),
      cell: ({ giverName }) => <span className="text-ink-2">{giverName}</span>,
    },
    {
      key: 'days',
      head: text('days'),
      cell: (line) => (
        <span className="inline-block max-w-60 whitespace-normal text-ink-2">{days(line)}</span>
      ),
    },
    {
      key: 'back',
      head: <span className="sr-only">{text('takeBack')}</span>,
      figure: true,
      cell: (line) =>
        line.changeable && (
          <Button variant="ghost" onClick={() => takeBack(line)}>
            {text('takeBack')}
            <span className="sr-only">
              {text('takeBackOf', { name: line.receiverName, place: line.territoryName })}
            </span>
          </Button>
        ),
    },
  ]
}

/** From when to when it holds as things stand. */
function useDays(): (line: Delegation) => string {
  const text = useTranslations('delegation')
  const formats = useFormats()
  return ({ idle, later, validFrom, until, giverName, receiverName }) => {
    if (idle) return text('idle', { giver: giverName, name: receiverName })
    const from = formats.day(validFrom, 'numeric')
    if (until === null) return text(later ? 'fromLater' : 'since', { from })
    return text('fromTo', { from, until: formats.day(until, 'numeric') })
  }
}
