import type { ReactNode } from 'react'
import { Chip } from './chip.tsx'

export type ChipOption = { value: string; label: ReactNode; disabled?: boolean | undefined }

export type ChipGroupProps = {
  options: readonly ChipOption[]
  /** What is chosen; empty when not answered. */
  value: readonly string[]
  onChange?: ((value: readonly string[]) => void) | undefined
  multiple?: boolean | undefined
  asLast?: boolean | undefined
  asLastLabel?: string | undefined
  /** Either names the group: a text, or the id of the visible question. */
  label?: string | undefined
  labelledBy?: string | undefined
  disabled?: boolean | undefined
}

/** The answer after a tap on `tapped`. A second tap takes an answer back, except one only proposed: the tap confirms it. */
export const nextChoice = (
  value: readonly string[],
  tapped: string,
  how: { multiple: boolean; asLast: boolean },
): readonly string[] => {
  const chosen = value.includes(tapped)
  if (chosen && how.asLast) return value
  if (!how.multiple) return chosen ? [] : [tapped]
  return chosen ? value.filter((one) => one !== tapped) : [...value, tapped]
}

/** Up to five answers as chips; beyond, use a list. */
export function ChipGroup(props: ChipGroupProps) {
  const { options, value, onChange, multiple = false, asLast = false, asLastLabel, disabled } = props
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be a wrapping row in every browser.
    <div
      role="group"
      aria-label={props.label}
      aria-labelledby={props.labelledBy}
      className="flex flex-wrap gap-2"
    >
      {options.map((option) => (
        <Chip
          key={option.value}
          pressed={value.includes(option.value)}
          asLast={asLast}
          asLastLabel={asLastLabel}
          disabled={disabled || option.disabled}
          onClick={() => onChange?.(nextChoice(value, option.value, { multiple, asLast }))}
        >
          {option.label}
        </Chip>
      ))}
    </div>
  )
}
