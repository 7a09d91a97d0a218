'use client'
import {
  type ImportDetail,
  LINE_OUTCOMES,
  type LineOutcome,
  UNDO_DAYS,
} from '@fieldback/domain/import/import'
import { Button } from '@fieldback/ui/button'
import { ChipGroup } from '@fieldback/ui/chip-group'
import { Notice } from '@fieldback/ui/notice'
import { SectionHead } from '@fieldback/ui/section-head'
import { Skeleton } from '@fieldback/ui/skeleton'
import { TextLink } from '@fieldback/ui/text-link'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import CloudOff from 'lucide-react/icons/cloud-off'
import Download from 'lucide-react/icons/download'
import { useId } from 'react'
import { useTRPC } from '../../client/trpc.tsx'
import { useAddress } from '../../client/use-address.ts'
import { LineTable } from './line-table.tsx'
import type { Says } from './shares.tsx'
import { useWords } from './use-words.ts'

/** Lines that one looks at first: what is to correct, what is in doubt, what comes. */
const FIRST: readonly LineOutcome[] = ['refused', 'duplicate', 'create', 'update', 'unchanged']

export type LineSectionProps = { readonly detail: ImportDetail; readonly says: Says }

/** The lines of one outcome, a page at a time; which one is part of the address. */
export function LineSection({ detail, says }: LineSectionProps) {
  const { text, formats } = useWords()
  const address = useAddress()
  const id = useId()
  const { counts } = detail
  const present = LINE_OUTCOMES.filter((outcome) => counts[outcome] > 0)
  const asked = present.find((outcome) => outcome === address.get('show'))
  const shown = asked ?? FIRST.find((outcome) => counts[outcome] > 0)
  if (shown === undefined) return null
  if (detail.purged) return <LinesGone />
  return (
    <section aria-labelledby={id}>
      <SectionHead
        id={id}
        aside={
          (shown === 'refused' || shown === 'duplicate') &&
          says === 'outcome' && (
            <TextLink href={`/api/import/${detail.id}/refused`} icon={<Download size={15} />}>
              {text('lines.file')}
            </TextLink>
          )
        }
      >
        {text('lines.title')}
      </SectionHead>
      <div className="mb-3">
        <ChipGroup
          label={text('lines.show')}
          options={present.map((value) => ({
            value,
            label: `${text(`${says}.${value}`)} ${formats.number(counts[value])}`,
          }))}
          value={[shown]}
          onChange={([next]) => next && address.set({ show: next })}
        />
      </div>
      {shown === 'duplicate' && <p className="mb-3 text-ink-2">{text(`lines.note.${says}`)}</p>}
      <Lines key={shown} detail={detail} outcome={shown} title={text(`${says}.${shown}`)} />
    </section>
  )
}

/** Lines outlive neither the time in which an import can be taken back, nor the patience for one that waits. */
export function LinesGone() {
  const { text, formats } = useWords()
  return <p className="text-ink-2">{text('lines.purged', { days: formats.number(UNDO_DAYS) })}</p>
}

export type LinesProps = {
  readonly detail: ImportDetail
  readonly outcome: LineOutcome | null
  /** Only those that an undo left as they are. */
  readonly kept?: boolean
  readonly title: string
}

export function Lines({ detail, outcome, kept = false, title }: LinesProps) {
  const { text, sentence } = useWords()
  const found = useInfiniteQuery({
    ...useTRPC().import.lines.infiniteQueryOptions(
      { importId: detail.id, outcome, kept },
      { getNextPageParam: (page) => page.next ?? undefined },
    ),
    placeholderData: keepPreviousData,
  })
  const lines = found.data?.pages.flatMap((page) => page.lines) ?? []
  if (found.error && !found.data) {
    return (
      <Notice tone="quiet" live icon={<CloudOff size={18} />} title={text('lines.unreadable')}>
        {sentence(found.error)}
      </Notice>
    )
  }
  if (!found.data) return <Skeleton label={text('lines.loading')} lines={8} />
  if (lines.length === 0) return <p className="text-ink-2">{text('lines.none')}</p>
  return (
    <>
      <LineTable detail={detail} lines={lines} caption={text('lines.caption', { outcome: title })} />
      {found.hasNextPage && (
        <p className="mt-3">
          <Button onClick={() => found.fetchNextPage()} disabled={found.isFetchingNextPage}>
            {text('lines.more')}
          </Button>
        </p>
      )}
    </>
  )
}
