import CircleAlert from 'lucide-react/icons/circle-alert'
import { type ReactNode, useId } from 'react'

/** What the control of a field must carry: spread it on TextInput, TextArea or Select. */
export type FieldControl = {
  id: string
  'aria-describedby': string | undefined
  'aria-invalid': true | undefined
}

export type FieldProps = {
  label: ReactNode
  hint?: ReactNode
  /** What is missing, and that the rest is kept. */
  error?: ReactNode
  children: (control: FieldControl) => ReactNode
}

/** A label above, what is wrong below, tied to the control for every reader. */
export function Field({ label, hint, error, children }: FieldProps) {
  const id = useId()
  const hintId = hint ? `${id}-hint` : ''
  const errorId = error ? `${id}-error` : ''
  const describedBy = [errorId, hintId].filter(Boolean).join(' ')
  return (
    <div>
      <label htmlFor={id} className="mb-1.5 block font-medium text-small">
        {label}
      </label>
      {children({
        id,
        'aria-describedby': describedBy || undefined,
        'aria-invalid': error ? true : undefined,
      })}
      {error && (
        <p id={errorId} className="mt-1.5 flex items-start gap-1.5 text-danger text-small">
          <CircleAlert size={16} className="mt-0.5" />
          {error}
        </p>
      )}
      {hint && (
        <p id={hintId} className="mt-1.5 text-caption text-ink-2">
          {hint}
        </p>
      )}
    </div>
  )
}
