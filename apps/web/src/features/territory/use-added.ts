'use client'
import { useToast } from '@fieldback/ui/toast'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useTRPC } from '../../client/trpc.tsx'
import { useAddress } from '../../client/use-address.ts'
import { useClosing } from './use-closing.ts'

type Named = { readonly id: string; readonly name: string }

/** What follows when a territory was added: it is on the page, its form is put away, and it can be taken back for a moment. */
export function useAdded(parent: Named, parentHref: string): (added: Named) => Promise<void> {
  const text = useTranslations('territory')
  const common = useTranslations('common')
  const address = useAddress()
  const toast = useToast()
  const trpc = useTRPC()
  const client = useQueryClient()
  const closing = useClosing()
  return async (added) => {
    address.set({ do: null })
    toast({
      text: text('sector.done', { name: added.name, place: parent.name }),
      undo: { label: common('cancel'), onUndo: () => closing.close(added, parentHref) },
    })
    await client.invalidateQueries(trpc.territory.pathFilter())
  }
}
