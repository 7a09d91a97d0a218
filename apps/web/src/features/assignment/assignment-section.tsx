'use client'
import { Button } from '@fieldback/ui/button'
import { type Column, DataTable } from '@fieldback/ui/data-table'
import { Empty } from '@fieldback/ui/empty'
import { LevelMark } from '@fieldback/ui/level-mark'
import { SectionHead } from '@fieldback/ui/section-head'
import { TextLink } from '@fieldback/ui/text-link'
import { useQuery } from '@tanstack/react-query'
import ChevronDown from 'lucide-react/icons/chevron-down'
import UserPlus from 'lucide-react/icons/user-plus'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useLevelName } from '../../client/levels.tsx'
import { useMember } from '../../client/member.tsx'
import { useTRPC } from '../../client/trpc.tsx'
import { useAddress } from '../../client/use-address.ts'
import { useErrorSentence } from '../../client/use-error-sentence.ts'
import { useFormats } from '../../client/use-formats.ts'
import { AssignForm } from './assign-form.tsx'
import type { Assignment } from './assignment.ts'
import { useEnd } from './use-end.ts'

/** Lines shown before the rest is asked for. */
const FIRST = 6

/** Who holds what in a branch, and the way to give somebody a place. */
export function AssignmentSection({ territoryId }: { territoryId: string }) {
  const text = useTranslations('assignment')
  const sentence = useErrorSentence()
  const address = useAddress()
  const [all, setAll] = useState(false)
  const list = useQuery(useTRPC().assignment.list.queryOptions({ territoryId }))
  const lines = list.data?.assignments ?? []
  const shown = all ? lines : lines.slice(0, FIRST)
  const opened = address.get('do') === 'assign'
  const columns = useColumns()
  return (
    <section aria-labelledby="people">
      <SectionHead
        id="people"
        aside={
          !opened && (
            <Button icon={<UserPlus size={16} />} onClick={() => address.set({ do: 'assign' }, 'push')}>
              {text('assign')}
            </Button>
          )
        }
      >
        {text('title')}
      </SectionHead>
      {opened && <AssignForm territoryId={territoryId} onClose={() => address.set({ do: null })} />}
      {list.error && !list.data ? (
        <p className="text-ink-2">{sentence(list.error)}</p>
      ) : (
        <DataTable
          caption={text('caption')}
          columns={columns}
          rows={shown}
          rowKey={(line) => line.id}
          empty={list.data && <Empty title={text('nobody')} text={text('nobodyNext')} />}
        />
      )}
      {lines.length > shown.length && (
        <p className="mt-2">
          <TextLink onClick={() => setAll(true)} endIcon={<ChevronDown size={16} />}>
            {text('more', { count: lines.length - shown.length })}
          </TextLink>
        </p>
      )}
      {all && list.data?.more && <p className="mt-2 text-ink-2">{text('tooMany')}</p>}
    </section>
  )
}

function useColumns(): Column<Assignment>[] {
  const text = useTranslations('assignment')
  const access = useTranslations('access')
  const levelName = useLevelName()
  const formats = useFormats()
  const { day, membershipId } = useMember()
  const end = useEnd()
  return [
    { key: 'name', head: text('name'), cell: ({ displayName }) => displayName },
    {
      key: 'role',
      head: text('role'),
      cell: ({ role }) => <span className="text-ink-2">{access(`role.${role}`)}</span>,
    },
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
      key: 'days',
      head: text('days'),
      cell: ({ validFrom, validTo }) => (
        <span className="text-ink-2">
          {validTo
            ? text('fromTo', { from: formats.day(validFrom, 'numeric'), to: formats.day(validTo, 'numeric') })
            : text(validFrom > day ? 'fromLater' : 'since', { from: formats.day(validFrom, 'numeric') })}
        </span>
      ),
    },
    {
      key: 'end',
      head: <span className="sr-only">{text('end')}</span>,
      figure: true,
      cell: (line) =>
        // Nobody closes his own door by mistake.
        line.changeable && line.membershipId !== membershipId && line.validTo === null ? (
          <Button variant="ghost" onClick={() => end(line)}>
            {text('end')}
            <span className="sr-only">
              {text('endOf', { name: line.displayName, place: line.territoryName })}
            </span>
          </Button>
        ) : null,
    },
  ]
}
