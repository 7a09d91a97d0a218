'use client'
import { Chip } from '@fieldback/ui/chip'
import { usePhone } from '../phone.tsx'
import type { AnswerInputProps } from './answer-input-props.ts'

/** "Does not know" is an answer: without it, an empty question would be asked again at each visit. */
export function UnknownChip({ value, onChange, asLast }: AnswerInputProps) {
  const text = usePhone().texts('field')
  const said = value === null
  return (
    <Chip
      pressed={said}
      asLast={asLast}
      asLastLabel={text('asLast')}
      onClick={() => onChange(said && !asLast ? undefined : null)}
    >
      {text('answer.unknown')}
    </Chip>
  )
}
