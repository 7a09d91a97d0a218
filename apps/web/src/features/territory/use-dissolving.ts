'use client'
import { useToast } from '@fieldback/ui/toast'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useTRPC } from '../../client/trpc.tsx'
import { useErrorSentence } from '../../client/use-error-sentence.ts'
import type { TerritoryPage } from './territory-page.ts'

type Sector = Pick<TerritoryPage['territory'], 'id' | 'name' | 'parentId'>

/** Has a sub-sector dissolved, and leads to the territory above, where what became of it is told; it can be taken back. */
export function useDissolving(): { readonly pending: boolean; readonly dissolve: (sector: Sector) => void } {
  const text = useTranslations('sectorDesk')
  const sentence = useErrorSentence()
  const toast = useToast()
  const router = useRouter()
  const trpc = useTRPC()
  const client = useQueryClient()
  const ask = useMutation(
    trpc.territory.askOfSector.mutationOptions({
      onSuccess: () => client.invalidateQueries(trpc.territory.pathFilter()),
      onError: (error) => toast({ text: sentence(error), failed: true }),
    }),
  )
  const dissolve = async ({ id: sectorId, name, parentId }: Sector) => {
    if (parentId === null) return
    const territoryId = parentId
    const { id } = await ask.mutateAsync({ territoryId, sectorId, ask: { of: 'dissolve' } })
    router.push(`/manage/t/${territoryId}`)
    toast({
      text: text('dissolving', { name }),
      undo: {
        label: text('cancel'),
        onUndo: () => ask.mutate({ territoryId, sectorId, ask: { of: 'undo', ask: id } }),
      },
    })
  }
  // What fails is told above.
  return { pending: ask.isPending, dissolve: (sector) => void dissolve(sector).catch(() => undefined) }
}
