'use client'
import type { FieldPage } from '@fieldback/api/field/read'
import { useToast } from '@fieldback/ui/toast'
import { useTranslations } from 'next-intl'
import { callMutation } from '../../client/call.ts'
import { type PromotionDraft, promotionOf } from './promotion-draft.ts'
import { useCarryOut } from './use-carry-out.ts'
import type { Kept } from './use-draft.ts'
import { held, useRested } from './use-rested.ts'

type Sent = Parameters<typeof callMutation<'field.promote'>>[1]
type At = { readonly territoryId: string; readonly sources: readonly FieldPage[] }

/** What a promotion would change, as the draft stands. */
export function usePreview(draft: PromotionDraft, at: At) {
  const asked = promotionOf({ ...draft, label: held(draft.label), why: held(draft.why) }, at)
  const { answer, ...rest } = useRested('promotion-preview', asked, {
    ask: (sent, signal) => callMutation('field.previewPromotion', JSON.parse(sent), signal),
  })
  return { preview: answer, ...rest }
}

/** Carries a promotion out; it can be undone from the list that is shown then. */
export function usePromote(kept: Kept<PromotionDraft>, at: At) {
  const text = useTranslations('fieldPromote')
  const toast = useToast()
  return useCarryOut(kept, {
    territoryId: at.territoryId,
    send: (draft) => callMutation('field.promote', promotionOf(draft, at) as Sent),
    tell: () => toast({ text: text('screen.done') }),
  })
}
