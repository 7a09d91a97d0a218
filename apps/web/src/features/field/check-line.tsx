import { type ReactNode, useId } from 'react'

export type CheckLineProps = {
  readonly checked: boolean
  readonly onChange: (checked: boolean) => void
  readonly disabled?: boolean | undefined
  /** Under the words: why it cannot be changed. */
  readonly note?: ReactNode
  readonly children: ReactNode
}

/** One thing that holds or does not. */
export function CheckLine({ checked, onChange, disabled, note, children }: CheckLineProps) {
  const id = useId()
  return (
    <div>
      <label className="flex min-h-11 items-center gap-2 desk:min-h-8">
        <input
          type="checkbox"
          className="size-5 flex-none accent-accent desk:size-4"
          aria-describedby={note ? id : undefined}
          disabled={disabled}
          checked={checked}
          onChange={(event) => onChange(event.target.checked)}
        />
        <span className="wrap-anywhere min-w-0">{children}</span>
      </label>
      {note && (
        <div id={id} className="pl-7 text-caption text-ink-2 desk:pl-6">
          {note}
        </div>
      )}
    </div>
  )
}
