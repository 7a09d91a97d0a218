'use client'
import { Button } from '@fieldback/ui/button'
import { type Column, DataTable } from '@fieldback/ui/data-table'
import { SectionHead } from '@fieldback/ui/section-head'
import { useToast } from '@fieldback/ui/toast'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useEffect } from 'react'
import { useTRPC } from '../../client/trpc.tsx'
import { useErrorSentence } from '../../client/use-error-sentence.ts'
import { useFormats } from '../../client/use-formats.ts'
import type { Arrangement } from './territory-page.ts'

/** What is under way is over within seconds. */
const AGAIN_MS = 1_500

/** What was asked of the sub-sectors of a territory in the last month, by its managers and its reps, and the way back. */
export function Arrangements({ territoryId }: { territoryId: string }) {
  const text = useTranslations('sectorDesk')
  const trpc = useTRPC()
  const client = useQueryClient()
  const { data } = useQuery({
    ...trpc.territory.arrangements.queryOptions({ territoryId }),
    refetchInterval: ({ state }) => (state.data?.some((one) => one.state === 'waiting') ? AGAIN_MS : false),
  })
  const lines = (data ?? []) as Arrangement[]
  const waiting = lines.filter((one) => one.state === 'waiting').length
  // biome-ignore lint/correctness/useExhaustiveDependencies: once less is under way, the page shows what it came to.
  useEffect(() => {
    void client.invalidateQueries(trpc.territory.get.pathFilter())
    void client.invalidateQueries(trpc.territory.tree.pathFilter())
  }, [waiting])
  const columns = useColumns(territoryId)
  if (lines.length === 0) return null
  return (
    <section aria-labelledby="arrangements">
      <SectionHead id="arrangements">{text('list.title')}</SectionHead>
      <DataTable caption={text('list.title')} columns={columns} rows={lines} rowKey={({ id }) => id} />
    </section>
  )
}

function useColumns(territoryId: string): Column<Arrangement>[] {
  const text = useTranslations('sectorDesk')
  const sentence = useErrorSentence()
  const formats = useFormats()
  const toast = useToast()
  const trpc = useTRPC()
  const client = useQueryClient()
  const undo = useMutation(
    trpc.territory.askOfSector.mutationOptions({
      onSuccess: async () => {
        toast({ text: text('undoAsked') })
        await client.invalidateQueries(trpc.territory.arrangements.pathFilter())
      },
      onError: (error) => toast({ text: sentence(error), failed: true }),
    }),
  )
  const outcome = ({ state, code, moved, kept, undone }: Arrangement): string => {
    if (undone) return text('list.undone')
    if (state === 'waiting') return text('list.waiting')
    if (state === 'refused') return text(`list.${code ?? 'UNAVAILABLE'}`)
    return [text('list.done', { moved }), kept > 0 ? text('list.kept', { count: kept }) : '']
      .filter(Boolean)
      .join(', ')
  }
  return [
    { key: 'what', head: text('list.what'), cell: ({ ask, name }) => text(`list.${ask}`, { name }) },
    { key: 'who', head: text('list.who'), cell: ({ by }) => by },
    {
      key: 'day',
      head: text('list.day'),
      cell: ({ at }) => formats.day(formats.dayOf(at), 'short'),
    },
    {
      key: 'outcome',
      head: text('list.outcome'),
      cell: (line) => (
        <span className="flex flex-wrap items-center justify-between gap-2">
          {outcome(line)}
          {line.state === 'done' && !line.undone && line.ask !== 'undo' && (
            <Button
              variant="ghost"
              disabled={undo.isPending}
              aria-label={`${text('list.takeBack')} : ${text(`list.${line.ask}`, { name: line.name })}`}
              onClick={() =>
                undo.mutate({ territoryId, sectorId: line.sectorId, ask: { of: 'undo', ask: line.id } })
              }
            >
              {text('list.takeBack')}
            </Button>
          )}
        </span>
      ),
    },
  ]
}
