'use client'
import type { AppRouter } from '@fieldback/api/root'
import type { ErrorCode } from '@fieldback/domain/errors'
import { Button } from '@fieldback/ui/button'
import { Progress } from '@fieldback/ui/progress'
import { SectionHead } from '@fieldback/ui/section-head'
import { Tag } from '@fieldback/ui/tag'
import { TextLink } from '@fieldback/ui/text-link'
import { useToast } from '@fieldback/ui/toast'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { inferRouterOutputs } from '@trpc/server'
import { useTranslations } from 'next-intl'
import { useEffect, useRef, useState } from 'react'
import { useTRPC } from '../../client/trpc.tsx'
import { useErrorSentence } from '../../client/use-error-sentence.ts'
import { useFormats } from '../../client/use-formats.ts'

type Reassignment = inferRouterOutputs<AppRouter>['account']['reassignments'][number]

const EVERY_MS = 1_000
const isWorking = ({ state }: Reassignment) => state === 'moving' || state === 'undoing'

/** Reassignments of the branch with how far they are, while one of them runs or can still be taken back. */
export function ReassignmentList({ territoryId }: { territoryId: string }) {
  const text = useTranslations('accountDesk.reassigned')
  const trpc = useTRPC()
  const client = useQueryClient()
  const list = useQuery({
    ...trpc.account.reassignments.queryOptions({ territoryId }),
    refetchInterval: ({ state }) => (state.data?.some(isWorking) ? EVERY_MS : false),
  })
  const shown = (list.data ?? []).filter((one) => isWorking(one) || one.undoable || one.state === 'undone')
  const working = shown.some(isWorking)
  const before = useRef(working)
  // What has moved is listed where it is now.
  useEffect(() => {
    if (before.current && !working) void client.invalidateQueries(trpc.account.list.pathFilter())
    before.current = working
  }, [working, client, trpc])
  if (shown.length === 0) return null
  return (
    <section aria-labelledby="reassigned">
      <SectionHead id="reassigned">{text('title')}</SectionHead>
      <ul className="grid divide-y divide-line">
        {shown.slice(0, 5).map((one) => (
          <li key={one.id} className="py-3">
            <Line one={one} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Line({ one }: { one: Reassignment }) {
  const text = useTranslations('accountDesk.reassigned')
  const error = useTranslations('error')
  const formats = useFormats()
  const undo = useUndo()
  const [open, setOpen] = useState(false)
  const { state, total, moved, kept, back, stayed } = one
  const undone = state === 'undoing' || state === 'undone'
  const [done, of] = state === 'undoing' ? [back + stayed, moved] : [moved + kept, total]
  const day = formats.day(formats.dayOf(one.askedAt), 'numeric')
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
      <div className="min-w-0 flex-1 basis-72">
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <b>{text('line', { from: one.fromName, to: one.toName })}</b>
          <Tag tone={isWorking(one) ? 'line' : 'plain'}>{text(`state.${state}`)}</Tag>
          <span className="text-ink-2 text-small">{text('by', { name: one.askedBy, day })}</span>
        </p>
        {isWorking(one) ? (
          <div className="mt-2 max-w-120">
            <Progress label={text(`state.${state}`)} done={done} total={of}>
              {text('progress', { done: formats.number(done), total: formats.number(of) })}
            </Progress>
          </div>
        ) : (
          <p className="text-small">
            {undone ? text('undone', { back, stayed }) : text('moved', { moved, kept })}{' '}
            {kept + stayed > 0 && <TextLink onClick={() => setOpen(!open)}>{text('seeKept')}</TextLink>}
          </p>
        )}
        {one.failure && (
          <p className="text-danger text-small">
            {text('stopped', { why: error(one.failure as ErrorCode) })}
          </p>
        )}
        {open && <Kept reassignmentId={one.id} />}
      </div>
      {one.undoable && (
        <span className="flex flex-wrap items-center gap-x-3 text-ink-2 text-small">
          {text('until', { day: formats.day(formats.dayOf(one.undoUntil), 'numeric') })}
          <Button onClick={() => undo(one.id)}>
            {text('undo')}
            <span className="sr-only">{text('undoOf', { from: one.fromName, to: one.toName })}</span>
          </Button>
        </span>
      )}
    </div>
  )
}

function Kept({ reassignmentId }: { reassignmentId: string }) {
  const text = useTranslations('accountDesk.reassigned')
  const kept = useQuery(useTRPC().account.keptBack.queryOptions({ reassignmentId })).data ?? []
  return (
    <ul aria-label={text('keptTitle')} className="mt-2 text-small">
      {kept.map(({ accountId, name, reason }) => (
        <li key={accountId}>
          {name} <span className="text-ink-2">({text(`reason.${reason}`)})</span>
        </li>
      ))}
    </ul>
  )
}

function useUndo(): (reassignmentId: string) => void {
  const text = useTranslations('accountDesk.reassigned')
  const sentence = useErrorSentence()
  const toast = useToast()
  const trpc = useTRPC()
  const client = useQueryClient()
  const undo = useMutation(
    trpc.account.undoReassign.mutationOptions({
      onSuccess: () => toast({ text: text('undoing') }),
      onError: (error) => toast({ text: sentence(error), failed: true }),
      onSettled: () => client.invalidateQueries(trpc.account.pathFilter()),
    }),
  )
  return (reassignmentId) => undo.mutate({ reassignmentId })
}
