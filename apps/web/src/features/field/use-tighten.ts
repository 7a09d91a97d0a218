'use client'
import type { PathNode } from '@fieldback/domain/territory/path-node'
import { useToast } from '@fieldback/ui/toast'
import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { callMutation } from '../../client/call.ts'
import { toldError } from '../../client/error-code.ts'
import { useTRPC } from '../../client/trpc.tsx'
import { useTakenBack } from '../../client/use-taken-back.ts'
import { type Ground, NOTHING_SAID, saidAgain, specOf, type TighteningDraft } from './tightening-draft.ts'
import type { Kept } from './use-draft.ts'

type Publication = {
  readonly territory: PathNode
  readonly ground: Ground
  readonly kept: Kept<TighteningDraft>
}

/** Publishes what a level makes of a question, or takes all of it back; then shows it in the territory's list. */
export function useTighten({ territory, ground, kept }: Publication) {
  const text = useTranslations('fieldTighten')
  const router = useRouter()
  const toast = useToast()
  const { tell, refresh } = useTakenBack()
  const [refused, setRefused] = useState<unknown>(null)
  const place = { territoryId: territory.id, fieldId: ground.inherited.id }
  const send = useMutation(
    useTRPC().field.tighten.mutationOptions({
      onError: async (error) => {
        setRefused(kept.draft)
        // What was published meanwhile is shown beside what was typed.
        if (toldError(error).code === 'CONFLICT') await refresh()
      },
    }),
  )
  const leave = async () => {
    kept.forget()
    router.push(`/manage/fields?at=${territory.id}`)
    await refresh()
  }
  const publish = () =>
    send.mutate(
      { ...place, baseVersion: kept.draft.base, spec: specOf(kept.draft, ground) },
      {
        onSuccess: () => {
          toast({ text: text('done.published') })
          return leave()
        },
      },
    )
  const revert = () => {
    const { own } = ground
    if (!own) return
    const spec = saidAgain(territory, { ...ground, own })
    send.mutate(
      { ...place, baseVersion: own.version, spec: NOTHING_SAID },
      {
        onSuccess: ({ version }) => {
          tell(text('done.reverted'), () =>
            callMutation('field.tighten', { ...place, baseVersion: version, spec }),
          )
          return leave()
        },
      },
    )
  }
  return {
    publish,
    revert,
    pending: send.isPending || send.isSuccess,
    // A refusal is about what was sent: a change of the draft is worth another try.
    error: refused === kept.draft ? send.error : null,
  }
}
