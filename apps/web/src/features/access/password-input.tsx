'use client'
import { Field } from '@fieldback/ui/field'
import { TextInput } from '@fieldback/ui/text-input'
import Eye from 'lucide-react/icons/eye'
import EyeOff from 'lucide-react/icons/eye-off'
import { useTranslations } from 'next-intl'
import { useState } from 'react'

type PasswordInputProps = {
  value: string
  onChange: (value: string) => void
  error?: string | undefined
  /** "Password" without it. */
  label?: string
  /** A new one that is being chosen: what to call it, and what makes it good. */
  chosen?: { readonly label: string; readonly hint: string }
}

/** A password that can be read while typed: with gloves and in the sun, it is typed wrong. */
export function PasswordInput({ value, onChange, error, label, chosen }: PasswordInputProps) {
  const text = useTranslations('accessDoor')
  const [shown, setShown] = useState(false)
  return (
    <Field label={chosen?.label ?? label ?? text('signIn.password')} hint={chosen?.hint} error={error}>
      {(control) => (
        <span className="relative block">
          <TextInput
            {...control}
            type={shown ? 'text' : 'password'}
            autoComplete={chosen ? 'new-password' : 'current-password'}
            autoCapitalize="none"
            spellCheck={false}
            value={value}
            onChange={(event) => onChange(event.target.value)}
            className="pr-14"
          />
          <button
            type="button"
            aria-label={text(shown ? 'signIn.hidePassword' : 'signIn.showPassword')}
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
