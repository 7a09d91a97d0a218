import { useId } from 'react'

export type SegmentedOption<V extends string> = { value: V; label: string }

export type SegmentedProps<V extends string> = {
  /** Names the group. */
  label: string
  options: readonly SegmentedOption<V>[]
  value: V
  onChange?: ((value: V) => void) | undefined
  name?: string | undefined
}

/** Two to four ways to see the same thing: radio buttons, one look. */
export function Segmented<V extends string>({ label, options, value, onChange, name }: SegmentedProps<V>) {
  const ownName = useId()
  return (
    <div
      role="radiogroup"
      aria-label={label}
      className="grid auto-cols-fr grid-flow-col rounded-[14px] bg-sunken p-1 font-medium text-small desk:inline-grid desk:rounded-[10px] desk:p-[3px]"
    >
      {options.map((option) => (
        <label
          key={option.value}
          className="touch grid h-10 cursor-pointer place-items-center whitespace-nowrap rounded-[10px] px-2 text-ink-2 transition-colors has-checked:bg-surface has-checked:text-ink has-checked:shadow-1 has-focus-visible:outline-2 has-focus-visible:outline-focus has-focus-visible:outline-offset-1 desk:h-[30px] desk:rounded-sm desk:px-3"
        >
          <input
            type="radio"
            name={name ?? ownName}
            value={option.value}
            checked={option.value === value}
            onChange={() => onChange?.(option.value)}
            className="sr-only"
          />
          {option.label}
        </label>
      ))}
    </div>
  )
}
