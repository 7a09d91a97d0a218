'use client'
import { Button } from '@fieldback/ui/button'
import { TextInput } from '@fieldback/ui/text-input'
import { useTranslations } from 'next-intl'
import { type FormEvent, useState } from 'react'
import { useMember } from '../../client/member.tsx'
import type { HeldRole } from './access-rows.ts'

type LastDayFormProps = {
  held: HeldRole
  onSave: (lastDay: string | null) => void
  onClose: () => void
}

/** The last day of a role, in its row; empty is without an end. */
export function LastDayForm({ held, onSave, onClose }: LastDayFormProps) {
  const text = useTranslations('accessDesk')
  const common = useTranslations('common')
  const { day } = useMember()
  const begun = held.validFrom <= day
  const [lastDay, setLastDay] = useState(held.validTo ?? '')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onSave(lastDay || null)
    onClose()
  }
  return (
    <form onSubmit={submit} className="flex flex-wrap items-center gap-2 py-1">
      <span className="w-44">
        <TextInput
          quiet
          type="date"
          aria-label={text('person.lastDay')}
          title={text('person.lastDayHint')}
          min={begun ? day : held.validFrom}
          value={lastDay}
          onChange={(event) => setLastDay(event.target.value)}
        />
      </span>
      <Button type="submit">{text('person.keep')}</Button>
      <Button variant="ghost" onClick={onClose}>
        {common('cancel')}
      </Button>
      <span className="w-full text-caption text-ink-2">{text('person.lastDayHint')}</span>
    </form>
  )
}
