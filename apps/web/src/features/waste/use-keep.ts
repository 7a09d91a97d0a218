import { useToast } from '@fieldback/ui/toast'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { toldError } from '../../client/error-code.ts'
import { useTRPC } from '../../client/trpc.tsx'
import { useErrorSentence } from '../../client/use-error-sentence.ts'
import { useLabel } from '../../client/use-label.ts'
import type { WasteField } from './waste.ts'

/** Says of a question about to be retired that it stays. */
export function useKeep({ label: words }: WasteField) {
  const text = useTranslations('waste')
  const label = useLabel()
  const sentence = useErrorSentence()
  const toast = useToast()
  const trpc = useTRPC()
  const client = useQueryClient()
  return useMutation(
    trpc.waste.keep.mutationOptions({
      onSuccess: async () => {
        toast({ text: text('sunset.kept', { question: label(words) }) })
        await client.invalidateQueries(trpc.waste.pathFilter())
      },
      onError: async (error) => {
        const isGone = toldError(error).code === 'CHANGED_MEANWHILE'
        toast({ text: isGone ? text('sunset.goneMeanwhile', { question: label(words) }) : sentence(error) })
        await client.invalidateQueries(trpc.waste.pathFilter())
      },
    }),
  )
}
