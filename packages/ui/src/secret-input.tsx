'use client'
import Eye from 'lucide-react/icons/eye'
import EyeOff from 'lucide-react/icons/eye-off'
import { useState } from 'react'
import { Field, type FieldProps } from './field.tsx'
import { TextInput, type TextInputProps } from './text-input.tsx'

export type SecretInputProps = Pick<FieldProps, 'label' | 'hint' | 'error'> &
  Pick<TextInputProps, 'autoComplete' | 'inputMode'> & {
    value: string
    onChange: (value: string) => void
    /** What the button does, by whether the secret is hidden. */
    show: string
    hide: string
  }

/** A password or a code that can be read while typed: with gloves and in the sun, it is typed wrong. */
export function SecretInput({ label, hint, error, onChange, show, hide, ...rest }: SecretInputProps) {
  const [shown, setShown] = useState(false)
  return (
    <Field label={label} hint={hint} error={error}>
      {(control) => (
        <span className="relative block">
          <TextInput
            {...control}
            {...rest}
            type={shown ? 'text' : 'password'}
            autoCapitalize="none"
            spellCheck={false}
            onChange={(event) => onChange(event.target.value)}
            className="pr-14"
          />
          <button
            type="button"
            aria-label={shown ? hide : show}
            onClick={() => setShown(!shown)}
            className="absolute inset-y-0 right-1 grid w-12 place-items-center rounded-md text-ink-2"
          >
            {shown ? <EyeOff size={20} /> : <Eye size={20} />}
          </button>
        </span>
      )}
    </Field>
  )
}
