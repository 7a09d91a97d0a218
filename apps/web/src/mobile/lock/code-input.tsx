'use client'
import type { lockTexts } from '@fieldback/i18n/phone-lock'
import { SecretInput } from '@fieldback/ui/secret-input'

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

/** A code, kept by no password manager. */
export function CodeInput({ text, digits = false, ...rest }: CodeInputProps) {
  return (
    <SecretInput
      {...rest}
      inputMode={digits ? 'numeric' : 'text'}
      autoComplete="off"
      show={text('screen.show')}
      hide={text('screen.hide')}
    />
  )
}
