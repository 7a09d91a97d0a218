'use client'
import { Button } from '@fieldback/ui/button'
import { TextInput } from '@fieldback/ui/text-input'
import { useTranslations } from 'next-intl'
import { type FormEvent, useId, useState } from 'react'
import { useMember } from '../../client/member.tsx'
import { useFormats } from '../../client/use-formats.ts'
import type { HeldRole } from './access-rows.ts'

type LastDayFormProps = {
  held: HeldRole
  /** `onDone` once it is kept: refused, what was typed stays. */
  onSave: (lastDay: string | null, onDone: () => void) => void
  onClose: () => void
}

/** The last day of a role, in its row; empty is without an end. */
export function LastDayForm({ held, onSave, onClose }: LastDayFormProps) {
  const text = useTranslations('accessDesk')
  const common = useTranslations('common')
  const { day } = useMember()
  const hint = useId()
  const formats = useFormats()
  const [early, setEarly] = useState(false)
  const begun = held.validFrom <= day
  const earliest = begun ? day : held.validFrom
  const [lastDay, setLastDay] = useState(held.validTo ?? '')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const wrong = lastDay !== '' && lastDay < earliest
    setEarly(wrong)
    if (!wrong) onSave(lastDay || null, onClose)
  }
  return (
    <form onSubmit={submit} noValidate className="flex flex-wrap items-center gap-2 py-1">
      <span className="w-44">
        <TextInput
          quiet
          type="date"
          aria-label={text('person.lastDay')}
          aria-describedby={hint}
          aria-invalid={early || undefined}
          min={earliest}
          value={lastDay}
          onChange={(event) => setLastDay(event.target.value)}
        />
      </span>
      <Button type="submit">{text('person.keep')}</Button>
      <Button variant="ghost" onClick={onClose}>
        {common('cancel')}
      </Button>
      {early ? (
        <span id={hint} role="alert" className="w-full whitespace-normal text-danger text-small">
          {text('person.lastDayEarly', { day: formats.day(earliest, 'numeric') })}
        </span>
      ) : (
        <span id={hint} className="w-full text-caption text-ink-2">
          {text('person.lastDayHint')}
        </span>
      )}
    </form>
  )
}
