'use client'
import Minus from 'lucide-react/icons/minus'
import Plus from 'lucide-react/icons/plus'
import { type KeyboardEvent, useState } from 'react'
import { IconButton } from './icon-button.tsx'
import { joinClasses } from './join-classes.ts'

export type StepperProps = {
  value: number | null
  onChange: (value: number | null) => void
  /** Either names the figure: a text, or the id of the visible question. */
  label?: string | undefined
  labelledBy?: string | undefined
  decreaseLabel: string
  increaseLabel: string
  min?: number | undefined
  max?: number | undefined
  step?: number | undefined
  /** Where an unanswered figure begins: the last answer, this year. */
  start?: number | undefined
  unit?: string | undefined
  asLast?: boolean | undefined
  disabled?: boolean | undefined
  id?: string | undefined
}

type Bounds = { min?: number | undefined; max?: number | undefined }

const clamp = (value: number, { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY }: Bounds) =>
  Math.min(max, Math.max(min, value))

/** A typed figure: null when empty, undefined when it is not a number (what was typed stays on screen). */
export const typedFigure = (text: string, bounds: Bounds): number | null | undefined => {
  const bare = text.replace(/\s/g, '').replace(',', '.')
  if (bare === '') return null
  return /^-?\d+(\.\d+)?$/.test(bare) ? clamp(Number(bare), bounds) : undefined
}

// 0.1 + 0.2 must read 0,3: steps are counted at the step's own precision.
const stepped = (value: number, by: number) => Number((value + by).toFixed(6))

/** For years and counts near a known figure: two big buttons, and the figure itself opens the numeric keyboard. */
export function Stepper(props: StepperProps) {
  const { value, onChange, min, max, step = 1, start = min ?? 0, asLast = false, disabled = false } = props
  const [draft, setDraft] = useState<string | null>(null)
  const move = (by: number) => {
    setDraft(null)
    onChange(clamp(value === null ? start : stepped(value, by), { min, max }))
  }
  const commit = () => {
    if (draft === null) return
    const figure = typedFigure(draft, { min, max })
    if (figure !== undefined) onChange(figure)
    setDraft(null)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') return commit()
    const by = event.key === 'ArrowUp' ? step : event.key === 'ArrowDown' ? -step : 0
    if (by === 0) return
    event.preventDefault()
    move(by)
  }
  const button = { tone: 'raised', disabled, className: 'device:size-10' } as const
  return (
    <div
      className={joinClasses(
        'inline-flex items-center gap-1 rounded-full bg-sunken p-1',
        asLast && value !== null && 'inset-ring-[1.5px] inset-ring-ink',
      )}
    >
      <IconButton
        {...button}
        label={props.decreaseLabel}
        icon={<Minus size={20} />}
        onClick={() => move(-step)}
      />
      <span className="flex min-w-22 items-baseline justify-center gap-1 font-strong text-heading tabular-nums">
        <input
          id={props.id}
          role="spinbutton"
          aria-label={props.label}
          aria-labelledby={props.labelledBy}
          aria-valuenow={value ?? undefined}
          aria-valuemin={min}
          aria-valuemax={max}
          inputMode={Number.isInteger(step) ? 'numeric' : 'decimal'}
          autoComplete="off"
          disabled={disabled}
          value={draft ?? value ?? ''}
          placeholder={String(start)}
          onChange={(event) => setDraft(event.target.value)}
          onBlur={commit}
          onFocus={(event) => event.target.select()}
          onKeyDown={onKeyDown}
          size={Math.max(4, (draft ?? String(value ?? start)).length)}
          className="min-h-11 w-auto bg-transparent text-center font-strong placeholder:font-medium placeholder:text-ink-3 device:min-h-10"
        />
        {props.unit && <span className="pr-2 font-medium text-ink-2 text-small">{props.unit}</span>}
      </span>
      <IconButton
        {...button}
        label={props.increaseLabel}
        icon={<Plus size={20} />}
        onClick={() => move(step)}
      />
    </div>
  )
}
