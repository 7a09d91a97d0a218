'use client'
import { useToast } from '@fieldback/ui/toast'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { toldError } from '../../client/error-code.ts'
import { useTRPC } from '../../client/trpc.tsx'
import { useErrorSentence } from '../../client/use-error-sentence.ts'

type Named = { readonly id: string; readonly name: string }
type Undoing = { readonly undo: boolean }

/** Closes an empty territory and leads to the one above, opens one again; each can be taken back for a moment. */
export function useClosing() {
  const text = useTranslations('territory')
  const common = useTranslations('common')
  const sentence = useErrorSentence()
  const toast = useToast()
  const router = useRouter()
  const trpc = useTRPC()
  const client = useQueryClient()
  /** How many accounts came in since the page was read. */
  const leftIn = (error: unknown): string | null => {
    const { code, params } = toldError(error)
    const count = Number(params.accounts ?? 0) + Number(params.inClosed ?? 0)
    return code === 'TERRITORY_NOT_EMPTY' && count > 0 ? text('close.accountsLeft', { count }) : null
  }
  const told = {
    onSuccess: () => client.invalidateQueries(trpc.territory.pathFilter()),
    onError: (error: unknown) => toast({ text: leftIn(error) ?? sentence(error) }),
  }
  const closing = useMutation(trpc.territory.close.mutationOptions(told))
  const opening = useMutation(trpc.territory.reopen.mutationOptions(told))
  const undone = (key: 'close.done' | 'close.reopened', { name }: Named, onUndo: () => void) =>
    toast({ text: text(key, { name }), undo: { label: common('cancel'), onUndo } })
  const close = async (territory: Named, next: string) => {
    await closing.mutateAsync({ territoryId: territory.id })
    router.push(next)
    undone('close.done', territory, () => opening.mutate({ territoryId: territory.id }))
  }
  const reopen = async (territory: Named, { undo }: Undoing) => {
    await opening.mutateAsync({ territoryId: territory.id })
    if (!undo) return toast({ text: text('close.reopened', { name: territory.name }) })
    undone('close.reopened', territory, () => closing.mutate({ territoryId: territory.id }))
  }
  // Awaited rather than called back: the form that asked may be gone from the page by then. What fails is told above.
  const quietly = (work: Promise<void>): void => void work.catch(() => undefined)
  return {
    pending: closing.isPending || opening.isPending,
    close: (territory: Named, next: string) => quietly(close(territory, next)),
    /** `undo` false where accounts are in it: it could not be closed again. */
    reopen: (territory: Named, how: Undoing) => quietly(reopen(territory, how)),
  }
}
