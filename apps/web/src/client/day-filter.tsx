'use client'
import { TextInput } from '@fieldback/ui/text-input'
import { useId } from 'react'

type DayFilterProps = {
  readonly label: string
  readonly value: string | null
  readonly min?: string | null
  readonly max?: string | null
  readonly onChange: (day: string | null) => void
}

/** One end of a period, both ends included, that a list is narrowed by. */
export function DayFilter({ label, value, min, max, onChange }: DayFilterProps) {
  const id = useId()
  return (
    <span className="inline-flex items-center gap-2 text-ink-2 text-small">
      <label htmlFor={id}>{label}</label>
      <TextInput
        id={id}
        type="date"
        quiet
        className="w-40!"
        // What is being typed is not a day yet: the field keeps it, the list waits.
        defaultValue={value ?? ''}
        key={value ?? 'none'}
        min={min ?? undefined}
        max={max ?? undefined}
        onChange={(event) => {
          const { value: typed, validity } = event.target
          if (!validity.badInput && (typed === '' || typed >= '2000-01-01')) onChange(typed || null)
        }}
      />
    </span>
  )
}
