'use client'
import { addDays } from '@fieldback/domain/agenda/day'
import { daysOf, isWithin } from '@fieldback/domain/field/types/day-range'
import { Chip } from '@fieldback/ui/chip'
import { TextInput } from '@fieldback/ui/text-input'
import { useState } from 'react'
import { todayHere, usePhone } from '../../phone.tsx'
import type { AnswerInputProps } from '../answer-input-props.ts'
import { UnknownChip } from '../unknown-chip.tsx'
import { useTypeTexts } from './type-texts.ts'

const two = (figure: number): string => String(figure).padStart(2, '0')

/** The clock on the wall here, and its day: what a person says, whatever the zone of who reads it. */
const nowHere = (now = new Date()): string =>
  `${todayHere(now)}T${two(now.getHours())}:${two(now.getMinutes())}`

/** YYYY-MM-DDTHH:MM: the picker may add seconds. */
const MOMENT_LENGTH = 16

/** What is typed beyond the bounds stays on screen, with what they are, and is no answer. */
function useBoundedDay({ field, value, onChange, labelledBy, day = todayHere() }: AnswerInputProps) {
  const { formats } = usePhone()
  const text = useTypeTexts()
  const [beyond, setBeyond] = useState('')
  const { first, last } = daysOf(field.spec, day)
  const fits = (typed: string): boolean => isWithin(field.spec, typed, day)
  const typed = typeof value === 'string' ? value : value === undefined ? beyond : ''
  const outside = typed !== '' && !fits(typed)
  const limits = sentence()
  const id = `${labelledBy}-days`
  return {
    first,
    last,
    fits,
    type: (next: string): void => {
      const isAnswer = next === '' || fits(next)
      setBeyond(isAnswer ? '' : next)
      onChange(isAnswer ? next || undefined : undefined)
    },
    control: {
      'aria-labelledby': labelledBy,
      'aria-describedby': limits === null ? undefined : id,
      'aria-invalid': outside ? (true as const) : undefined,
      value: typed,
    },
    note: limits !== null && (
      <p id={id} role="status" className={outside ? 'text-danger text-small' : 'text-caption text-ink-2'}>
        {outside ? text('days.outside', { limits }) : limits}
      </p>
    ),
  }

  function sentence(): string | null {
    const days = { first: first ? formats.day(first) : '', last: last ? formats.day(last) : '' }
    if (first && last && first > last) return text('days.none')
    if (first && last) return text('days.between', days)
    if (first) return text('days.from', days)
    return last ? text('days.until', days) : null
  }
}

export function BoundedDateInput(props: AnswerInputProps) {
  const { first, last, type, control, note } = useBoundedDay(props)
  return (
    <div className="grid gap-2">
      <div className="flex flex-wrap items-center gap-2">
        <TextInput
          {...control}
          type="date"
          className="min-w-40 flex-1"
          min={first}
          max={last}
          onChange={(event) => type(event.target.value)}
        />
        <UnknownChip {...props} />
      </div>
      {note}
    </div>
  )
}

export function MomentInput(props: AnswerInputProps) {
  const { value } = props
  const text = useTypeTexts()
  const { first, last, fits, type, control, note } = useBoundedDay(props)
  const now = nowHere()
  const tomorrow = `${addDays(todayHere(), 1)}T09:00`
  return (
    <div className="grid gap-2">
      <div className="flex flex-wrap gap-2">
        {fits(now) && (
          <Chip pressed={false} onClick={() => type(nowHere())}>
            {text('now')}
          </Chip>
        )}
        {fits(tomorrow) && (
          <Chip pressed={value === tomorrow} onClick={() => type(value === tomorrow ? '' : tomorrow)}>
            {text('tomorrow')}
          </Chip>
        )}
        <UnknownChip {...props} />
      </div>
      <TextInput
        {...control}
        type="datetime-local"
        min={first && `${first}T00:00`}
        max={last && `${last}T23:59`}
        onChange={(event) => type(event.target.value.slice(0, MOMENT_LENGTH))}
      />
      {note}
    </div>
  )
}
