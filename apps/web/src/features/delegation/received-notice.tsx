'use client'
import { Notice } from '@fieldback/ui/notice'
import { TextLink } from '@fieldback/ui/text-link'
import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { nextLink } from '../../client/next-link.tsx'
import { useTRPC } from '../../client/trpc.tsx'
import { useFormats } from '../../client/use-formats.ts'
import type { Delegation } from './delegation.ts'

/** What was handed on to the reader, with the way to it; `at`: only what concerns the page of that territory. */
export function ReceivedNotice({ at }: { at?: string }) {
  const text = useTranslations('delegation')
  const words = useReceivedWords()
  const received = useQuery(useTRPC().delegation.received.queryOptions())
  const lines = (received.data ?? []).filter(
    ({ idle, territoryId }) => !idle && (at === undefined || territoryId === at),
  )
  return lines.map((line) => (
    <Notice key={line.id} rank={line.rank}>
      {words(line)}{' '}
      {at === undefined && !line.later && (
        <TextLink href={`/manage/fields?at=${line.territoryId}`} renderLink={nextLink}>
          {text('received.link', { place: line.territoryName })}
        </TextLink>
      )}
    </Notice>
  ))
}

function useReceivedWords(): (line: Delegation) => string {
  const text = useTranslations('delegation')
  const formats = useFormats()
  return ({ giverName: giver, territoryName: place, later, until, validFrom }) => {
    if (later) return text('received.later', { giver, place, from: formats.day(validFrom) })
    if (until === null) return text('received.open', { giver, place })
    return text('received.until', { giver, place, until: formats.day(until) })
  }
}
