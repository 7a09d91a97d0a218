'use client'
import { useToast } from '@fieldback/ui/toast'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useTRPC } from '../../client/trpc.tsx'
import { useAddress } from '../../client/use-address.ts'
import { useErrorSentence } from '../../client/use-error-sentence.ts'

type Named = { readonly id: string; readonly name: string }

/** What follows a move: the form is put away, and the branch can be put back for a moment. */
export function useMoved() {
  const text = useTranslations('territory')
  const common = useTranslations('common')
  const sentence = useErrorSentence()
  const address = useAddress()
  const toast = useToast()
  const trpc = useTRPC()
  const client = useQueryClient()
  // Rights, questions and figures follow the tree: nothing that was read before still holds.
  const refresh = () => client.invalidateQueries()
  const back = useMutation(
    trpc.territory.move.mutationOptions({
      onSettled: refresh,
      onError: (error) => toast({ text: sentence(error), failed: true }),
    }),
  )
  return {
    refresh,
    done: (territory: Named, { parent, from }: { readonly parent: Named; readonly from: string }) => {
      address.set({ do: null, to: null })
      toast({
        text: text('admin.moveForm.done', { name: territory.name, place: parent.name }),
        undo: {
          label: common('cancel'),
          onUndo: () => back.mutate({ territoryId: territory.id, parentId: from, known: parent.id }),
        },
      })
    },
  }
}
