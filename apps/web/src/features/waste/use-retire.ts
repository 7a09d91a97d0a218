import { useToast } from '@fieldback/ui/toast'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { callMutation } from '../../client/call.ts'
import { toldError } from '../../client/error-code.ts'
import { useTRPC } from '../../client/trpc.tsx'
import { useErrorSentence } from '../../client/use-error-sentence.ts'
import { useLabel } from '../../client/use-label.ts'
import { useTakenBack } from '../../client/use-taken-back.ts'
import type { WasteField } from './waste.ts'

/** Stops asking a question, and offers to take it back. */
export function useRetire({ id, label: words }: WasteField) {
  const text = useTranslations('waste')
  const label = useLabel()
  const sentence = useErrorSentence()
  const toast = useToast()
  const trpc = useTRPC()
  const client = useQueryClient()
  const { tell, refresh } = useTakenBack()
  const refreshAll = async () => {
    await refresh()
    await client.invalidateQueries(trpc.waste.pathFilter())
  }
  return useMutation(
    trpc.waste.retire.mutationOptions({
      onSuccess: async () => {
        tell(text('retired', { question: label(words) }), async () => {
          await callMutation('field.restore', { fieldId: id })
          await refreshAll()
        })
        await refreshAll()
      },
      onError: async (error) => {
        const isKept = toldError(error).code === 'CHANGED_MEANWHILE'
        toast({ text: isKept ? text('sunset.keptMeanwhile', { question: label(words) }) : sentence(error) })
        await client.invalidateQueries(trpc.waste.pathFilter())
      },
    }),
  )
}
