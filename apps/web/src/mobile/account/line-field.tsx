'use client'
import { Field } from '@fieldback/ui/field'
import { TextInput, type TextInputProps } from '@fieldback/ui/text-input'
import type { ReactNode } from 'react'

type LineFieldProps = Omit<TextInputProps, 'value' | 'onChange'> & {
  label: string
  value: string
  onChange: (value: string) => void
  hint?: ReactNode
  error?: ReactNode
}

/** One line of a form, with its label and the right keyboard. */
export function LineField({ label, value, onChange, hint, error, ...input }: LineFieldProps) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(control) => (
        <TextInput
          autoComplete="off"
          {...input}
          {...control}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  )
}
