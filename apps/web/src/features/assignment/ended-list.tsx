'use client'
import { DataTable } from '@fieldback/ui/data-table'
import { Empty } from '@fieldback/ui/empty'
import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useTRPC } from '../../client/trpc.tsx'
import { useErrorSentence } from '../../client/use-error-sentence.ts'
import { useAssignmentColumns } from './assignment-columns.tsx'

/** Who was in a branch and is there no more, the last to leave first. */
export function EndedList({ territoryId }: { territoryId: string }) {
  const text = useTranslations('assignment')
  const sentence = useErrorSentence()
  const { name, role, place, days } = useAssignmentColumns()
  const ended = useQuery(useTRPC().assignment.ended.queryOptions({ territoryId }))
  if (ended.error && !ended.data) return <p className="text-ink-2">{sentence(ended.error)}</p>
  return (
    <>
      <DataTable
        caption={text('historyCaption')}
        columns={[name, role, place, days]}
        rows={ended.data?.assignments ?? []}
        rowKey={(line) => line.id}
        empty={ended.data && <Empty title={text('historyNone')} />}
      />
      {ended.data?.more && <p className="mt-2 text-ink-2">{text('historyMore')}</p>}
    </>
  )
}
