'use client'
import { handoverTexts } from '@fieldback/i18n/phone-handover'
import { Button } from '@fieldback/ui/button'
import { Card } from '@fieldback/ui/card'
import { SectionHead } from '@fieldback/ui/section-head'
import { useState } from 'react'
import { usePhone, usePhoneState } from '../phone.tsx'
import { PassingForm } from './passing-form.tsx'

const FIRST = 3

/** Accounts that left the reader of late: he may leave a word for whoever has them now. */
export function LeftList() {
  const { locale, formats } = usePhone()
  const text = handoverTexts(locale)
  const left = usePhoneState().pack.handovers?.left ?? []
  const [all, setAll] = useState(false)
  if (left.length === 0) return null
  const shown = all ? left : left.slice(0, FIRST)
  return (
    <section aria-labelledby="left">
      <SectionHead id="left" aside={formats.number(left.length)}>
        {text('left.title')}
      </SectionHead>
      <ul className="grid gap-3">
        {shown.map(({ accountId, name, city, since }) => (
          <li key={accountId}>
            <Card pad>
              <p className="font-strong">{name}</p>
              <p className="mb-3 text-ink-2 text-small">
                {[city, text('left.since', { day: formats.day(since, 'short') })].filter(Boolean).join(', ')}
              </p>
              <PassingForm accountId={accountId} name={name} />
            </Card>
          </li>
        ))}
      </ul>
      {shown.length < left.length && (
        <Button variant="ghost" className="mt-2" onClick={() => setAll(true)}>
          {text('more', { count: left.length - shown.length })}
        </Button>
      )}
      <p className="mt-3 text-caption text-ink-2">{text('passing.text')}</p>
    </section>
  )
}
