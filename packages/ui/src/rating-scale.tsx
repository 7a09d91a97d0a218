import { joinClasses } from './join-classes.ts'

export type RatingScaleProps = {
  value: number | null
  /** null takes the note back. */
  onChange?: ((value: number | null) => void) | undefined
  least: number
  most: number
  /** Proposed from the last time: a tap on it confirms it. */
  asLast?: boolean | undefined
  labelledBy: string
}

/** Notes in a row as wide as the thumb can reach; above five, in two rows, so that none is smaller than 44. */
export function RatingScale({ value, onChange, least, most, asLast, labelledBy }: RatingScaleProps) {
  const notes = Array.from({ length: Math.max(0, most - least + 1) }, (_, at) => least + at)
  const columns = Math.min(5, notes.length)
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be a grid in every browser.
    <div
      role="group"
      aria-labelledby={labelledBy}
      className="grid gap-2"
      style={{ gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }}
    >
      {notes.map((note) => {
        const pressed = note === value
        return (
          <button
            key={note}
            type="button"
            aria-pressed={pressed}
            onClick={() => onChange?.(pressed && !asLast ? null : note)}
            className={joinClasses(
              'h-12 rounded-md font-medium text-lead tabular-nums transition-colors device:h-11 device:text-body',
              !pressed && 'bg-surface inset-ring inset-ring-line-2 hover:bg-canvas',
              pressed && (asLast ? 'bg-sunken inset-ring-[1.5px] inset-ring-ink' : 'bg-ink text-on-ink'),
            )}
          >
            {note}
          </button>
        )
      })}
    </div>
  )
}
