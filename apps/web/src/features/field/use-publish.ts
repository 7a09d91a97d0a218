'use client'
import type { FieldDefinition } from '@fieldback/domain/field/field-spec'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useTRPC } from '../../client/trpc.tsx'
import { specOf } from './draft.ts'
import type { KeptDraft } from './use-draft.ts'

type Publication = {
  readonly territory: { readonly id: string }
  readonly existing: FieldDefinition | null
  readonly kept: KeptDraft
}

/** Publishes the draft, then shows the question among those of its territory, which says so and offers to take it back. */
export function usePublish({ territory, existing, kept }: Publication) {
  const trpc = useTRPC()
  const client = useQueryClient()
  const router = useRouter()
  const [refusedDraft, setRefused] = useState<unknown>(null)
  const publish = useMutation(
    trpc.field.publish.mutationOptions({
      onSuccess: async ({ fieldId, version }) => {
        kept.forget()
        await client.invalidateQueries(trpc.field.pathFilter())
        await client.invalidateQueries(trpc.territory.get.pathFilter())
        router.push(`/manage/fields?at=${territory.id}&published=${fieldId}&version=${version}`)
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
