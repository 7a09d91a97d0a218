'use client'
import { addDays } from '@fieldback/domain/agenda/day'
import { Chip } from '@fieldback/ui/chip'
import { TextInput } from '@fieldback/ui/text-input'
import { todayHere } from '../../phone.tsx'
import type { AnswerInputProps } from '../answer-input-props.ts'
import { UnknownChip } from '../unknown-chip.tsx'
import { useTypeTexts } from './type-texts.ts'

const two = (figure: number): string => String(figure).padStart(2, '0')

/** The clock on the wall here, and its day: what a person says, whatever the zone of who reads it. */
const nowHere = (now = new Date()): string =>
  `${todayHere(now)}T${two(now.getHours())}:${two(now.getMinutes())}`

/** YYYY-MM-DDTHH:MM: the picker may add seconds. */
const MOMENT_LENGTH = 16

export function MomentInput(props: AnswerInputProps) {
  const { value, onChange, labelledBy } = props
  const text = useTypeTexts()
  const tomorrow = `${addDays(todayHere(), 1)}T09:00`
  return (
    <div className="grid gap-2">
      <div className="flex flex-wrap gap-2">
        <Chip pressed={false} onClick={() => onChange(nowHere())}>
          {text('now')}
        </Chip>
        <Chip
          pressed={value === tomorrow}
          onClick={() => onChange(value === tomorrow ? undefined : tomorrow)}
        >
          {text('tomorrow')}
        </Chip>
        <UnknownChip {...props} />
      </div>
      <TextInput
        type="datetime-local"
        aria-labelledby={labelledBy}
        value={typeof value === 'string' ? value : ''}
        onChange={(event) => onChange(event.target.value.slice(0, MOMENT_LENGTH) || undefined)}
      />
    </div>
  )
}
