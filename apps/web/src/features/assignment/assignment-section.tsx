'use client'
import { Button } from '@fieldback/ui/button'
import { type Column, DataTable } from '@fieldback/ui/data-table'
import { Empty } from '@fieldback/ui/empty'
import { SectionHead } from '@fieldback/ui/section-head'
import { TextLink } from '@fieldback/ui/text-link'
import { useQuery } from '@tanstack/react-query'
import ChevronDown from 'lucide-react/icons/chevron-down'
import UserPlus from 'lucide-react/icons/user-plus'
import UserRoundCheck from 'lucide-react/icons/user-round-check'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useMember } from '../../client/member.tsx'
import { useTRPC } from '../../client/trpc.tsx'
import { useAddress } from '../../client/use-address.ts'
import { useErrorSentence } from '../../client/use-error-sentence.ts'
import { AssignForm } from './assign-form.tsx'
import type { Assignment } from './assignment.ts'
import { useAssignmentColumns } from './assignment-columns.tsx'
import { EndedList } from './ended-list.tsx'
import { ReplaceForm } from './replace-form.tsx'
import { ReplacementList } from './replacement-list.tsx'
import { useEnd } from './use-end.ts'

/** Lines shown before the rest is asked for. */
const FIRST = 6

/** Who holds what in a branch, who replaces whom, who was there, and the way to give somebody a place. */
export function AssignmentSection({ territoryId }: { territoryId: string }) {
  const text = useTranslations('assignment')
  const sentence = useErrorSentence()
  const address = useAddress()
  const [all, setAll] = useState(false)
  const trpc = useTRPC()
  const list = useQuery(trpc.assignment.list.queryOptions({ territoryId }))
  const replacements = useQuery(trpc.assignment.replacements.queryOptions({ territoryId })).data ?? []
  const lines = list.data?.assignments ?? []
  const shown = all ? lines : lines.slice(0, FIRST)
  const doing = address.get('do')
  const history = address.get('was') === '1'
  const close = () => address.set({ do: null })
  const columns = useColumns()
  return (
    <section aria-labelledby="people">
      <SectionHead
        id="people"
        aside={
          doing !== 'assign' &&
          doing !== 'replace' && (
            <span className="flex flex-wrap gap-2">
              <Button
                icon={<UserRoundCheck size={16} />}
                onClick={() => address.set({ do: 'replace' }, 'push')}
              >
                {text('replace')}
              </Button>
              <Button icon={<UserPlus size={16} />} onClick={() => address.set({ do: 'assign' }, 'push')}>
                {text('assign')}
              </Button>
            </span>
          )
        }
      >
        {text('title')}
      </SectionHead>
      {doing === 'assign' && <AssignForm territoryId={territoryId} onClose={close} />}
      {doing === 'replace' && <ReplaceForm onClose={close} />}
      {replacements.length > 0 && (
        <div className="mb-4">
          <ReplacementList replacements={replacements} />
        </div>
      )}
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
      <p className="mt-2">
        <TextLink
          onClick={() => address.set({ was: history ? null : '1' })}
          endIcon={<ChevronDown size={16} className={history ? 'rotate-180' : ''} />}
        >
          {text(history ? 'history' : 'showHistory')}
        </TextLink>
      </p>
      {history && (
        <div className="mt-3">
          <EndedList territoryId={territoryId} />
        </div>
      )}
      {all && list.data?.more && <p className="mt-2 text-ink-2">{text('tooMany')}</p>}
    </section>
  )
}

function useColumns(): Column<Assignment>[] {
  const text = useTranslations('assignment')
  const { membershipId } = useMember()
  const end = useEnd()
  const { name, role, place, days } = useAssignmentColumns()
  return [
    name,
    role,
    place,
    days,
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
