'use client'
import { SecretInput } from '@fieldback/ui/secret-input'
import { useTranslations } from 'next-intl'

type PasswordInputProps = {
  value: string
  onChange: (value: string) => void
  error?: string | undefined
  /** "Password" without it. */
  label?: string
  /** A new one that is being chosen: what to call it, and what makes it good. */
  chosen?: { readonly label: string; readonly hint: string }
}

/** A password, which the browser's own keeper of passwords may fill in. */
export function PasswordInput({ label, chosen, ...rest }: PasswordInputProps) {
  const text = useTranslations('accessDoor')
  return (
    <SecretInput
      {...rest}
      label={chosen?.label ?? label ?? text('signIn.password')}
      hint={chosen?.hint}
      autoComplete={chosen ? 'new-password' : 'current-password'}
      show={text('signIn.showPassword')}
      hide={text('signIn.hidePassword')}
    />
  )
}
