'use client'
import { type ReactNode, useState } from 'react'
import { AmountInput } from './amount-input.tsx'
import { ChipGroup } from './chip-group.tsx'

export type DurationInputProps = {
  /** Minutes. */
  value: number | null
  onChange: (value: number | null) => void
  least: number
  most: number
  /** 45 min, 1 h, 1 h 30 */
  written: (minutes: number) => string
  hoursLabel: string
  minutesLabel: string
  asLast?: boolean | undefined
  asLastLabel?: string | undefined
  labelledBy: string
  /** Behind hours and minutes: another answer, such as "does not know". */
  more?: ReactNode
}

/** What is usual in the field, one tap. */
const USUAL = [15, 30, 60, 120]

/** A length of time: the usual ones as chips, any other as hours and minutes. */
export function DurationInput(props: DurationInputProps) {
  const { value, onChange, least, most } = props
  const fits = (minutes: number): boolean => minutes >= least && minutes <= most
  // On its way to what fits (30 min, then 1 h 30), a length stays on screen and is no answer yet.
  const [typed, setTyped] = useState<number | null>(null)
  const shown = value ?? (typed !== null && !fits(typed) ? typed : null)
  const hours = shown === null ? null : Math.floor(shown / 60)
  const minutes = shown === null ? null : shown % 60
  // Emptied, a part is nothing; both emptied, nothing is said.
  const say = (h: number | null, m: number | null): void => {
    const total = h === null && m === null ? null : (h ?? 0) * 60 + (m ?? 0)
    setTyped(total)
    onChange(total !== null && fits(total) ? total : null)
  }
  return (
    <div className="grid gap-2">
      <ChipGroup
        labelledBy={props.labelledBy}
        options={USUAL.filter(fits).map((usual) => ({ value: String(usual), label: props.written(usual) }))}
        value={value === null ? [] : [String(value)]}
        onChange={([next]) => onChange(next === undefined ? null : Number(next))}
        asLast={props.asLast}
        asLastLabel={props.asLastLabel}
      />
      <div className="flex flex-wrap items-center gap-2">
        <AmountInput
          whole
          className="w-22"
          unit="h"
          label={props.hoursLabel}
          value={hours}
          onChange={(next) => say(next, minutes)}
          fits={(h) => Number.isInteger(h) && h >= 0 && h * 60 + (minutes ?? 0) <= most}
        />
        <AmountInput
          whole
          className="w-22"
          unit="min"
          label={props.minutesLabel}
          value={minutes}
          onChange={(next) => say(hours, next)}
          fits={(m) => Number.isInteger(m) && m >= 0 && m < 60 && (hours ?? 0) * 60 + m <= most}
        />
        {props.more}
      </div>
    </div>
  )
}
