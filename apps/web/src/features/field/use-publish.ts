'use client'
import type { FieldDefinition } from '@fieldback/domain/field/field-spec'
import { useToast } from '@fieldback/ui/toast'
import { useTranslations } from 'next-intl'
import { callMutation } from '../../client/call.ts'
import { specOf } from './draft.ts'
import { useCarryOut } from './use-carry-out.ts'
import type { KeptDraft } from './use-draft.ts'
import { useTakenBack } from './use-taken-back.ts'

type Publication = {
  readonly territory: { readonly id: string }
  readonly existing: FieldDefinition | null
  readonly kept: KeptDraft
}

/** Publishes the draft. A new question can be taken back at once. */
export function usePublish({ territory, existing, kept }: Publication) {
  const text = useTranslations('fieldDesk')
  const toast = useToast()
  const { tell } = useTakenBack()
  return useCarryOut(kept, {
    territoryId: territory.id,
    send: (draft) =>
      callMutation('field.publish', {
        territoryId: territory.id,
        entity: draft.entity,
        fieldId: existing?.id ?? null,
        baseVersion: existing?.version ?? null,
        spec: specOf(draft),
      }),
    tell: ({ fieldId, version }) =>
      version === 1
        ? tell(text('done.published'), () => callMutation('field.retire', { fieldId }))
        : toast({ text: text('done.version', { version }) }),
  })
}
