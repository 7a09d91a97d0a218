'use client'
import type { FieldDefinition } from '@fieldback/domain/field/field-spec'
import { useToast } from '@fieldback/ui/toast'
import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { callMutation } from '../../client/call.ts'
import { useTRPC } from '../../client/trpc.tsx'
import { specOf } from './draft.ts'
import type { KeptDraft } from './use-draft.ts'
import { useTakenBack } from './use-taken-back.ts'

type Publication = {
  readonly territory: { readonly id: string }
  readonly existing: FieldDefinition | null
  readonly kept: KeptDraft
}

/** Publishes the draft, then shows it among the questions of its territory. A new question can be taken back at once. */
export function usePublish({ territory, existing, kept }: Publication) {
  const text = useTranslations('fieldDesk')
  const trpc = useTRPC()
  const router = useRouter()
  const toast = useToast()
  const { tell, refresh } = useTakenBack()
  const [refusedDraft, setRefused] = useState<unknown>(null)
  const publish = useMutation(
    trpc.field.publish.mutationOptions({
      onSuccess: async ({ fieldId, version }) => {
        kept.forget()
        if (version === 1) tell(text('done.published'), () => callMutation('field.retire', { fieldId }))
        else toast({ text: text('done.version', { version }) })
        router.push(`/manage/fields?at=${territory.id}`)
        await refresh()
      },
      onError: () => setRefused(kept.draft),
    }),
  )
  const run = () =>
    publish.mutate({
      territoryId: territory.id,
      entity: kept.draft.entity,
      fieldId: existing?.id ?? null,
      baseVersion: existing?.version ?? null,
      spec: specOf(kept.draft),
    })
  return {
    run,
    pending: publish.isPending || publish.isSuccess,
    // A refusal is about what was sent: a change of the draft is worth another try.
    error: refusedDraft === kept.draft ? publish.error : null,
  }
}
