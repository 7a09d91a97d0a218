'use client'
import { Field } from '@fieldback/ui/field'
import { TextInput } from '@fieldback/ui/text-input'
import { useErrorSentence } from '../../client/use-error-sentence.ts'

type NameFieldProps = {
  readonly label: string
  readonly example: string
  readonly value: string
  readonly onChange: (name: string) => void
  /** Why the name, or what goes with it, was refused; null when it was not. */
  readonly error: unknown
}

/** The name of a territory to add; what was typed stays when it is refused. */
export function NameField({ label, example, value, onChange, error }: NameFieldProps) {
  const sentence = useErrorSentence()
  return (
    <div className="w-80 max-w-full">
      <Field label={label} error={error ? sentence(error) : undefined}>
        {(control) => (
          <TextInput
            {...control}
            autoFocus
            required
            maxLength={80}
            placeholder={example}
            value={value}
            onChange={(event) => onChange(event.target.value)}
          />
        )}
      </Field>
    </div>
  )
}
