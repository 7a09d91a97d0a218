'use client'
import type { FieldPage } from '@fieldback/api/field/read'
import { useToast } from '@fieldback/ui/toast'
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import { callMutation } from '../../client/call.ts'
import { useTRPC } from '../../client/trpc.tsx'
import { type PromotionDraft, promotionOf } from './promotion-draft.ts'
import type { Kept } from './use-draft.ts'
import { useTakenBack } from './use-taken-back.ts'

type At = { readonly territoryId: string; readonly sources: readonly FieldPage[] }

/** Letters come fast: the server is asked when the hand rests. */
const REST_MS = 350
const PENDING = { fr: '…', en: '' }
/** Words that are not there yet are held by dots, which judges nothing. */
const held = (words: PromotionDraft['label']) => (words.fr.trim() === '' ? PENDING : words)

/** What a promotion would change, as the draft stands. */
export function usePreview(draft: PromotionDraft, at: At) {
  const input = JSON.stringify(promotionOf({ ...draft, label: held(draft.label), why: held(draft.why) }, at))
  const [rested, setRested] = useState(input)
  useEffect(() => {
    const rest = setTimeout(() => setRested(input), REST_MS)
    return () => clearTimeout(rest)
  }, [input])
  const answer = useQuery({
    queryKey: ['promotion-preview', rested],
    queryFn: ({ signal }) => callMutation('field.previewPromotion', JSON.parse(rested), signal),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  })
  return {
    preview: answer.data,
    fresh: rested === input && !answer.isPlaceholderData && !answer.isPending,
    error: answer.error,
  }
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
