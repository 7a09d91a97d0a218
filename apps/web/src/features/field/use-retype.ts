'use client'
import type { FieldDefinition } from '@fieldback/domain/field/field-spec'
import { useToast } from '@fieldback/ui/toast'
import { useTranslations } from 'next-intl'
import { callMutation } from '../../client/call.ts'
import { type RetypeDraft, retypeOf } from './retype-draft.ts'
import { useCarryOut } from './use-carry-out.ts'
import type { Kept } from './use-draft.ts'
import { held, useRested } from './use-rested.ts'

/** A sample of the answers is read for it. */
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

/** Gives the question its new type; that can be undone from the list that is shown then. */
export function useRetype(kept: Kept<RetypeDraft>, definition: FieldDefinition) {
  const text = useTranslations('fieldRetype')
  const toast = useToast()
  return useCarryOut(kept, {
    territoryId: definition.territoryId,
    send: (draft) => callMutation('field.retype', retypeOf(draft, definition)),
    tell: () => toast({ text: text('screen.done') }),
  })
}
