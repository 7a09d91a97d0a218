'use client'
import { useToast } from '@fieldback/ui/toast'
import { useTranslations } from 'next-intl'
import { callMutation } from '../../client/call.ts'
import { useTakenBack } from '../../client/use-taken-back.ts'
import { specOf } from './draft.ts'
import type { VersionDraft } from './rebase-draft.ts'
import { useCarryOut } from './use-carry-out.ts'
import type { Kept } from './use-draft.ts'

type Publication = {
  readonly territory: { readonly id: string }
  /** null for a new question. */
  readonly fieldId: string | null
  /** A question that is no longer asked once this one is. */
  readonly instead?: string | undefined
  readonly kept: Kept<VersionDraft>
}

/** Publishes the draft. A new question can be taken back at once, and the one it is asked instead of comes back with it. */
export function usePublish({ territory, fieldId: existing, instead, kept }: Publication) {
  const text = useTranslations('fieldDesk')
  const toast = useToast()
  const { tell } = useTakenBack()
  return useCarryOut(kept, {
    territoryId: territory.id,
    send: (draft) =>
      callMutation('field.publish', {
        territoryId: territory.id,
        entity: draft.entity,
        fieldId: existing,
        baseVersion: draft.base,
        spec: specOf(draft),
        ...(instead ? { instead } : {}),
      }),
    tell: ({ fieldId, version }) =>
      version === 1
        ? tell(text(instead ? 'done.instead' : 'done.published'), async () => {
            await callMutation('field.retire', { fieldId })
            if (instead) await callMutation('field.restore', { fieldId: instead })
          })
        : toast({ text: text('done.version', { version }) }),
  })
}
