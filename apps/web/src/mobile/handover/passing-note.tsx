'use client'
import { handoverTexts } from '@fieldback/i18n/phone-handover'
import { Card } from '@fieldback/ui/card'
import { SectionHead } from '@fieldback/ui/section-head'
import { usePhone } from '../phone.tsx'
import { PassingForm } from './passing-form.tsx'

/** On the card of an account: what the reader wants to pass on to whoever comes after him. */
export function PassingNote({ account: { id, name } }: { account: { id: string; name: string } }) {
  const text = handoverTexts(usePhone().locale)
  return (
    <section aria-labelledby="passing">
      <SectionHead id="passing">{text('passing.title')}</SectionHead>
      <Card pad>
        <PassingForm accountId={id} name={name} />
        <p className="mt-3 text-caption text-ink-2">{text('passing.text')}</p>
      </Card>
    </section>
  )
}
