'use client'
import type { FieldDefinition } from '@fieldback/domain/field/field-spec'
import { useToast } from '@fieldback/ui/toast'
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import { callMutation } from '../../client/call.ts'
import { useTRPC } from '../../client/trpc.tsx'
import { type RetypeDraft, retypeOf } from './retype-draft.ts'
import type { Kept } from './use-draft.ts'
import { useTakenBack } from './use-taken-back.ts'

/** Letters come fast: the server is asked when the hand rests. All answers are read for it. */
const REST_MS = 500
const PENDING = { fr: '…', en: '' }
/** Words that are not there yet are held by dots, which judges nothing. */
const held = (words: RetypeDraft['label']) => (words.fr.trim() === '' ? PENDING : words)

/** What another type would do with what was answered, as the draft stands. */
export function useRetypePreview(draft: RetypeDraft, definition: FieldDefinition) {
  const input = JSON.stringify(
    retypeOf({ ...draft, label: held(draft.label), why: held(draft.why) }, definition),
  )
  const [rested, setRested] = useState(input)
  useEffect(() => {
    const rest = setTimeout(() => setRested(input), REST_MS)
    return () => clearTimeout(rest)
  }, [input])
  const answer = useQuery({
    queryKey: ['retype-preview', rested],
    queryFn: ({ signal }) => callMutation('field.previewRetype', JSON.parse(rested), signal),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  })
  return {
    preview: answer.data,
    fresh: rested === input && !answer.isPlaceholderData && !answer.isPending,
    error: answer.error,
  }
}

/** Gives the question its new type, then shows it among those of its territory, where that can be undone. */
export function useRetype(kept: Kept<RetypeDraft>, definition: FieldDefinition) {
  const text = useTranslations('fieldRetype')
  const router = useRouter()
  const toast = useToast()
  const { refresh } = useTakenBack()
  const [refused, setRefused] = useState<unknown>(null)
  const retype = useMutation(
    useTRPC().field.retype.mutationOptions({
      onSuccess: async () => {
        kept.forget()
        toast({ text: text('screen.done') })
        router.push(`/manage/fields?at=${definition.territoryId}`)
        await refresh()
      },
      onError: () => setRefused(kept.draft),
    }),
  )
  return {
    run: () => retype.mutate(retypeOf(kept.draft, definition)),
    pending: retype.isPending || retype.isSuccess,
    error: refused === kept.draft ? retype.error : null,
  }
}
