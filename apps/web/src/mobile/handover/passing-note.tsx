'use client'
import { HANDOVER_NOTE_MAX } from '@fieldback/domain/account/handover'
import { handoverTexts } from '@fieldback/i18n/phone-handover'
import { Button } from '@fieldback/ui/button'
import { Card } from '@fieldback/ui/card'
import { SectionHead } from '@fieldback/ui/section-head'
import { TextArea } from '@fieldback/ui/text-area'
import { useToast } from '@fieldback/ui/toast'
import { useId, useState } from 'react'
import { newId } from '../data/new-id.ts'
import { usePhone, usePhoneState } from '../phone.tsx'
import { ownPassingNote } from './own-handovers.ts'

/** What the reader wants to pass on of an account to whoever comes after him. */
export function PassingNote({ accountId }: { accountId: string }) {
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
  return (
    <section aria-labelledby="passing">
      <SectionHead id="passing">{text('passing.title')}</SectionHead>
      <Card pad>
        {typed === null ? (
          <>
            {kept !== '' && (
              <p dir="auto" className="wrap-anywhere mb-3 whitespace-pre-line">
                {kept}
              </p>
            )}
            <Button onClick={() => type(kept)}>
              {text(kept === '' ? 'passing.write' : 'passing.change')}
            </Button>
          </>
        ) : (
          <>
            <label htmlFor={id} className="mb-1 block font-strong">
              {text('passing.label')}
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
        )}
        <p className="mt-3 text-caption text-ink-2">{text('passing.text')}</p>
      </Card>
    </section>
  )
}
