'use client'
import { useState } from 'react'
import { joinClasses } from './join-classes.ts'
import { typedFigure } from './stepper.tsx'

export type AmountInputProps = {
  value: number | null
  /** null: emptied, or not a figure that fits. What was typed stays on screen. */
  onChange: (value: number | null) => void
  /** Behind the figure: a currency, "h", "min". */
  unit: string
  /** Figures that fit; others stay on screen and are not an answer. */
  fits?: ((value: number) => boolean) | undefined
  /** Written as a figure is typed here: with a comma. */
  written?: ((value: number) => string) | undefined
  whole?: boolean | undefined
  /** A keyboard of figures alone has no minus. */
  negative?: boolean | undefined
  asLast?: boolean | undefined
  label?: string | undefined
  labelledBy?: string | undefined
  describedBy?: string | undefined
  className?: string | undefined
}

const asTyped = (value: number): string => String(value)

/** A figure typed as it comes, with its unit behind it: never rounded nor moved to a bound by itself, unlike a stepper's. */
export function AmountInput(props: AmountInputProps) {
  const { value, onChange, fits = () => true, written = asTyped, asLast = false } = props
  const [typed, setTyped] = useState<string | null>(null)
  const read = (text: string): number | null => {
    const figure = typedFigure(text, {})
    return typeof figure === 'number' && fits(figure) ? figure : null
  }
  // What was typed is shown as long as it says what is kept; an answer that comes from elsewhere replaces it.
  const shown = typed !== null && read(typed) === value ? typed : value === null ? '' : written(value)
  const wrong = value === null && typed !== null && typed.trim() !== ''
  return (
    <span
      className={joinClasses(
        'flex h-13 items-center gap-2 rounded-md bg-surface px-4 inset-ring inset-ring-control device:h-11 desk:h-10',
        'focus-within:outline-2 focus-within:outline-focus focus-within:outline-offset-2',
        wrong && 'inset-ring-[1.5px] inset-ring-danger',
        asLast && value !== null && 'bg-sunken inset-ring-[1.5px] inset-ring-ink',
        props.className,
      )}
    >
      <input
        aria-label={props.label}
        aria-labelledby={props.labelledBy}
        aria-describedby={props.describedBy}
        aria-invalid={wrong || undefined}
        inputMode={props.negative ? 'text' : props.whole ? 'numeric' : 'decimal'}
        autoComplete="off"
        maxLength={20}
        value={shown}
        onChange={(event) => {
          setTyped(event.target.value)
          onChange(read(event.target.value))
        }}
        className="h-full w-full min-w-0 bg-transparent text-body tabular-nums outline-none"
      />
      <span aria-hidden className="flex-none text-ink-2">
        {props.unit}
      </span>
    </span>
  )
}
