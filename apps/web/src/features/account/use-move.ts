'use client'
import { useToast } from '@fieldback/ui/toast'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { callMutation } from '../../client/call.ts'
import { useTRPC } from '../../client/trpc.tsx'
import { useErrorSentence } from '../../client/use-error-sentence.ts'

type Target = { readonly id: string; readonly name: string }
type Moved = readonly { readonly accountId: string; readonly from: string }[]

/** Moves accounts at once and offers to take them back, each to where it was. */
export function useMove() {
  const text = useTranslations('accountDesk')
  const common = useTranslations('common')
  const sentence = useErrorSentence()
  const toast = useToast()
  const trpc = useTRPC()
  const client = useQueryClient()
  const refresh = async () => {
    await client.invalidateQueries(trpc.account.pathFilter())
    await client.invalidateQueries(trpc.territory.pathFilter())
  }
  const move = useMutation(trpc.account.move.mutationOptions({ onSuccess: refresh }))
  const takeBack = async (moved: Moved) => {
    try {
      for (const [territoryId, accountIds] of byHome(moved))
        await callMutation('account.move', { accountIds, territoryId })
      toast({ text: text('move.undone', { count: moved.length }) })
    } catch (error) {
      toast({ text: sentence(error), failed: true })
    } finally {
      await refresh()
    }
  }
  const run = (accountIds: string[], to: Target, done: () => void) =>
    move.mutate(
      { accountIds, territoryId: to.id },
      {
        onSuccess: ({ moved, back }) => {
          done()
          toast({
            text: text('move.done', { count: moved.length, place: to.name }),
            ...(back ? { undo: { label: common('cancel'), onUndo: () => void takeBack(moved) } } : {}),
          })
        },
      },
    )
  return { run, pending: move.isPending, error: move.error }
}

/** One move for each home the accounts came from. */
function byHome(moved: Moved): Map<string, string[]> {
  const homes = new Map<string, string[]>()
  for (const { accountId, from } of moved) homes.set(from, [...(homes.get(from) ?? []), accountId])
  return homes
}
