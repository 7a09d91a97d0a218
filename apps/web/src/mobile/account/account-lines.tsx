'use client'
import { normaliseEmail } from '@fieldback/domain/account/normalise'
import { LineField } from './line-field.tsx'
import { useAccountTexts } from './use-account-texts.ts'

export type AccountLines = {
  readonly name: string
  readonly activity: string
  readonly street: string
  readonly postcode: string
  readonly city: string
  readonly phone: string
  readonly email: string
}

export const NO_LINES: AccountLines = {
  name: '',
  activity: '',
  street: '',
  postcode: '',
  city: '',
  phone: '',
  email: '',
}

type AccountLinesProps = {
  lines: AccountLines
  onChange: (part: Partial<AccountLines>) => void
  /** Saving was tried without a name. */
  nameMissing: boolean
}

/** Name, place and how to reach an account. */
export function AccountLinesForm({ lines, onChange, nameMissing }: AccountLinesProps) {
  const text = useAccountTexts()
  const set = (key: keyof AccountLines) => (value: string) => onChange({ [key]: value })
  return (
    <div className="grid gap-4">
      <LineField
        label={text('form.name')}
        value={lines.name}
        onChange={set('name')}
        maxLength={200}
        autoCapitalize="words"
        error={nameMissing && lines.name.trim() === '' ? text('form.nameMissing') : undefined}
      />
      <LineField
        label={text('form.activity')}
        value={lines.activity}
        onChange={set('activity')}
        maxLength={120}
      />
      <LineField label={text('form.street')} value={lines.street} onChange={set('street')} maxLength={200} />
      <div className="grid grid-cols-[116px_minmax(0,1fr)] gap-3">
        <LineField
          label={text('form.postcode')}
          value={lines.postcode}
          onChange={set('postcode')}
          inputMode="numeric"
          maxLength={20}
        />
        <LineField
          label={text('form.city')}
          value={lines.city}
          onChange={set('city')}
          maxLength={120}
          autoCapitalize="words"
        />
      </div>
      <ReachLines phone={lines.phone} email={lines.email} onChange={onChange} />
    </div>
  )
}

type ReachLinesProps = {
  phone: string
  email: string
  onChange: (part: { phone?: string; email?: string }) => void
}

/** Phone and e-mail, each with its keyboard; a doubtful address is said and kept all the same. */
export function ReachLines({ phone, email, onChange }: ReachLinesProps) {
  const text = useAccountTexts()
  const doubtful = email.trim().includes('@') && normaliseEmail(email) === null
  return (
    <>
      <LineField
        label={text('form.phone')}
        value={phone}
        onChange={(value) => onChange({ phone: value })}
        type="tel"
        maxLength={60}
      />
      <LineField
        label={text('form.email')}
        value={email}
        onChange={(value) => onChange({ email: value })}
        type="email"
        inputMode="email"
        autoCapitalize="none"
        maxLength={254}
        hint={doubtful ? text('form.emailDoubtful') : undefined}
      />
    </>
  )
}
