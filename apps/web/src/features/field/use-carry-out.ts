'use client'
import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { toldError } from '../../client/error-code.ts'
import { useTakenBack } from '../../client/use-taken-back.ts'
import type { Kept } from './use-draft.ts'

type Act<Written, Done> = {
  readonly territoryId: string
  readonly send: (draft: Written) => Promise<Done>
  readonly tell: (done: Done) => void
}

/** Does what a draft says, tells it, then shows the questions of its territory. */
export function useCarryOut<Written extends object, Done>(
  kept: Kept<Written>,
  { territoryId, send, tell }: Act<Written, Done>,
) {
  const router = useRouter()
  const { refresh } = useTakenBack()
  const [refused, setRefused] = useState<Written | null>(null)
  const act = useMutation({
    mutationFn: send,
    onSuccess: async (done) => {
      kept.forget()
      tell(done)
      router.push(`/manage/fields?at=${territoryId}`)
      await refresh()
    },
    onError: async (error, draft) => {
      setRefused(draft)
      // What was published meanwhile is shown beside what was typed.
      if (toldError(error).code === 'CONFLICT') await refresh()
    },
  })
  return {
    run: () => act.mutate(kept.draft),
    pending: act.isPending || act.isSuccess,
    // A refusal is about what was sent: a change of the draft is worth another try.
    error: refused === kept.draft ? act.error : null,
  }
}
