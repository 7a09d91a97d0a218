'use client'
import type { FieldPage } from '@fieldback/api/field/read'
import { useToast } from '@fieldback/ui/toast'
import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { callMutation } from '../../client/call.ts'
import { useTRPC } from '../../client/trpc.tsx'
import { type PromotionDraft, promotionOf } from './promotion-draft.ts'
import type { Kept } from './use-draft.ts'
import { held, useRested } from './use-rested.ts'
import { useTakenBack } from './use-taken-back.ts'

type At = { readonly territoryId: string; readonly sources: readonly FieldPage[] }

/** What a promotion would change, as the draft stands. */
export function usePreview(draft: PromotionDraft, at: At) {
  const asked = promotionOf({ ...draft, label: held(draft.label), why: held(draft.why) }, at)
  const { answer, ...rest } = useRested('promotion-preview', asked, {
    ask: (sent, signal) => callMutation('field.previewPromotion', JSON.parse(sent), signal),
  })
  return { preview: answer, ...rest }
}

/** Carries a promotion out, then shows it among the questions of its territory, where it can be undone. */
export function usePromote(kept: Kept<PromotionDraft>, at: At) {
  const text = useTranslations('fieldPromote')
  const router = useRouter()
  const toast = useToast()
  const { refresh } = useTakenBack()
  const [refused, setRefused] = useState<unknown>(null)
  const promote = useMutation(
    useTRPC().field.promote.mutationOptions({
      onSuccess: async () => {
        kept.forget()
        toast({ text: text('screen.done') })
        router.push(`/manage/fields?at=${at.territoryId}`)
        await refresh()
      },
      onError: () => setRefused(kept.draft),
    }),
  )
  return {
    run: () => promote.mutate(promotionOf(kept.draft, at) as Parameters<typeof promote.mutate>[0]),
    pending: promote.isPending || promote.isSuccess,
    error: refused === kept.draft ? promote.error : null,
  }
}
