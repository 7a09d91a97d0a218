'use client'
import { HANDOVER_NOTE_MAX } from '@fieldback/domain/account/handover'
import { handoverTexts } from '@fieldback/i18n/phone-handover'
import { Button } from '@fieldback/ui/button'
import { TextArea } from '@fieldback/ui/text-area'
import { useToast } from '@fieldback/ui/toast'
import { useId, useState } from 'react'
import { newId } from '../data/new-id.ts'
import { usePhone, usePhoneState } from '../phone.tsx'
import { ownPassingNote } from './own-handovers.ts'

/** A word for whoever has an account after the reader, as it stands and to be written. */
export function PassingForm({ accountId, name }: { accountId: string; name: string }) {
  const { locale, store } = usePhone()
  const text = handoverTexts(locale)
  const toast = useToast()
  const kept = ownPassingNote(usePhoneState(), accountId)
  const [typed, type] = useState<string | null>(null)
  const id = useId()
  const keep = (words: string) => {
    const body = { accountId, text: words === '' ? null : words }
    store.save([{ kind: 'handover.note', entityId: newId(), base: 0, body }]).then(
      () => {
        type(null)
        toast({ text: text(words === '' ? 'passing.gone' : 'passing.kept') })
      },
      // What was typed stays where it was typed.
      () => toast({ text: text('brief.notKept'), failed: true }),
    )
  }
  if (typed === null) {
    return (
      <>
        {kept !== '' && (
          <p dir="auto" className="wrap-anywhere mb-3 whitespace-pre-line">
            {kept}
          </p>
        )}
        <Button onClick={() => type(kept)}>
          {text(kept === '' ? 'passing.write' : 'passing.change')}
          <span className="sr-only">{text('passing.of', { name })}</span>
        </Button>
      </>
    )
  }
  return (
    <>
      <label htmlFor={id} className="mb-1 block font-strong">
        {text('passing.label')}
        <span className="sr-only">{text('passing.of', { name })}</span>
      </label>
      <TextArea
        id={id}
        dir="auto"
        maxLength={HANDOVER_NOTE_MAX}
        value={typed}
        onChange={(event) => type(event.target.value)}
      />
      <div className="mt-2 flex flex-wrap gap-2">
        <Button variant="primary" disabled={typed.trim() === kept} onClick={() => keep(typed.trim())}>
          {text('passing.keep')}
        </Button>
        <Button variant="ghost" onClick={() => type(null)}>
          {text('passing.cancel')}
        </Button>
      </div>
    </>
  )
}
