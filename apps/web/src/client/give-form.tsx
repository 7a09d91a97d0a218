'use client'
import { Button } from '@fieldback/ui/button'
import { Field } from '@fieldback/ui/field'
import { TextInput } from '@fieldback/ui/text-input'
import { useTranslations } from 'next-intl'
import { type ReactNode, useState } from 'react'
import { useMember } from './member.tsx'
import { useErrorSentence } from './use-error-sentence.ts'

export type Period = { readonly validFrom: string; readonly validTo: string | null }

export type GiveFormProps = {
  readonly of: 'assignment.form' | 'assignment.replaceForm' | 'delegation.form'
  /** All but the days is said. */
  readonly ready: boolean
  readonly error: unknown
  readonly note?: string
  /** The last day, unless another is said: what is given then always ends. Without it, an end may be left out. */
  readonly lastDay?: string
  readonly onGive: (period: Period) => void
  readonly onClose: () => void
  readonly children: ReactNode
}

/** Gives somebody something from a day to a day. What was chosen stays when it is refused. */
export function GiveForm({ of, ready, error, note, lastDay, onGive, onClose, children }: GiveFormProps) {
  const text = useTranslations(of)
  const common = useTranslations('common')
  const sentence = useErrorSentence()
  const { day } = useMember()
  const [validFrom, setFrom] = useState(day)
  const [validTo, setTo] = useState(lastDay ?? '')
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (ready) onGive({ validFrom, validTo: validTo || null })
      }}
      className="mb-4 rounded-md bg-sunken p-4"
    >
      <div className="grid gap-3 sm:grid-cols-2 xl:grid-cols-3 [&>*]:min-w-0 sm:[&>*:nth-last-child(2)]:col-start-1">
        {children}
        <Field label={text('from')}>
          {(control) => (
            <TextInput
              {...control}
              type="date"
              required
              min={day}
              value={validFrom}
              onChange={(event) => setFrom(event.target.value)}
            />
          )}
        </Field>
        <Field label={text('to')} hint={text('toHint')}>
          {(control) => (
            <TextInput
              {...control}
              type="date"
              required={lastDay !== undefined}
              min={validFrom}
              value={validTo}
              onChange={(event) => setTo(event.target.value)}
            />
          )}
        </Field>
      </div>
      {note && <p className="mt-3 max-w-[72ch] text-ink-2 text-small">{note}</p>}
      {error !== null && (
        <p role="alert" className="mt-3 text-danger text-small">
          {sentence(error)}
        </p>
      )}
      <div className="mt-4 flex flex-wrap gap-2">
        <Button type="submit" disabled={!ready}>
          {text('give')}
        </Button>
        <Button variant="ghost" onClick={onClose}>
          {common('cancel')}
        </Button>
      </div>
    </form>
  )
}
