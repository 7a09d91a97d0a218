'use client'
import type { lockTexts } from '@fieldback/i18n/phone-lock'
import { Field } from '@fieldback/ui/field'
import { TextInput } from '@fieldback/ui/text-input'
import Eye from 'lucide-react/icons/eye'
import EyeOff from 'lucide-react/icons/eye-off'
import { useState } from 'react'

type CodeInputProps = {
  text: ReturnType<typeof lockTexts>
  label: string
  hint?: string
  error?: string | undefined
  /** Of digits alone. */
  digits?: boolean
  value: string
  onChange: (value: string) => void
}

/** A code that can be read while typed, kept by no password manager. */
export function CodeInput({ text, label, hint, error, digits = false, value, onChange }: CodeInputProps) {
  const [shown, setShown] = useState(false)
  return (
    <Field label={label} hint={hint} error={error}>
      {(control) => (
        <span className="relative block">
          <TextInput
            {...control}
            type={shown ? 'text' : 'password'}
            inputMode={digits ? 'numeric' : 'text'}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            value={value}
            onChange={(event) => onChange(event.target.value)}
            className="pr-14"
          />
          <button
            type="button"
            aria-label={text(shown ? 'screen.hide' : 'screen.show')}
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
