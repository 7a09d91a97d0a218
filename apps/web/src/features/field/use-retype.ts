'use client'
import type { FieldDefinition } from '@fieldback/domain/field/field-spec'
import { useToast } from '@fieldback/ui/toast'
import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { callMutation } from '../../client/call.ts'
import { useTRPC } from '../../client/trpc.tsx'
import { type RetypeDraft, retypeOf } from './retype-draft.ts'
import type { Kept } from './use-draft.ts'
import { held, useRested } from './use-rested.ts'
import { useTakenBack } from './use-taken-back.ts'

/** All answers are read for it. */
const REST_MS = 500

/** What another type would do with what was answered, as the draft stands. */
export function useRetypePreview(draft: RetypeDraft, definition: FieldDefinition) {
  const asked = retypeOf({ ...draft, label: held(draft.label), why: held(draft.why) }, definition)
  const { answer, ...rest } = useRested('retype-preview', asked, {
    ask: (sent, signal) => callMutation('field.previewRetype', JSON.parse(sent), signal),
    restMs: REST_MS,
  })
  return { preview: answer, ...rest }
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
