'use client'
import { normaliseEmail } from '@fieldback/domain/account/normalise'
import { ORGANISATION_NAME_MAX, PERSON_NAME_MAX } from '@fieldback/domain/org/founding'
import { passwordFault } from '@fieldback/domain/org/password-fault'
import type { Locale } from '@fieldback/i18n/locale'
import { Button } from '@fieldback/ui/button'
import { Field } from '@fieldback/ui/field'
import { Notice } from '@fieldback/ui/notice'
import { Segmented } from '@fieldback/ui/segmented'
import { TextInput } from '@fieldback/ui/text-input'
import CircleAlert from 'lucide-react/icons/circle-alert'
import { useLocale, useTranslations } from 'next-intl'
import { type FormEvent, useState } from 'react'
import { foundOrganisation } from '../../client/session.ts'
import { useErrorSentence } from '../../client/use-error-sentence.ts'
import { PasswordInput } from './password-input.tsx'

type Typed = {
  readonly name: string
  readonly displayName: string
  readonly email: string
  readonly password: string
  readonly way: 'password' | 'link'
  readonly locale: Locale
}
type Wrong = Partial<Record<'name' | 'displayName' | 'email' | 'password', string>>

export type FoundFormProps = {
  token: string
  /** The address has an account: he signs in with what he has. */
  onKnown: (who: { email: string; organisation: string }) => void
}

/** Organisation, person, way in. What was typed stays when it is refused. */
export function FoundForm({ token, onKnown }: FoundFormProps) {
  const text = useTranslations('founding')
  const common = useTranslations('common')
  const sentence = useErrorSentence()
  const locale = useLocale()
  const [typed, setTyped] = useState<Typed>({
    name: '',
    displayName: '',
    email: '',
    password: '',
    way: 'password',
    locale,
  })
  const [wrong, setWrong] = useState<Wrong>({})
  const [refused, setRefused] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const change = (part: Partial<Typed>) => setTyped((before) => ({ ...before, ...part }))
  const faults = useFaults()

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const lack = faults(typed)
    setWrong(lack)
    setRefused(null)
    if (Object.keys(lack).length > 0 || busy) return
    setBusy(true)
    try {
      const { entered } = await foundOrganisation({ ...formOf(typed), token })
      if (entered) return location.assign('/admin/setup')
      onKnown({ email: typed.email.trim(), organisation: typed.name.trim() })
    } catch (error) {
      setRefused(error)
    }
    setBusy(false)
  }
  const line = (key: 'name' | 'displayName' | 'email', more: object) => (
    <Field label={text(key)} hint={key === 'email' ? undefined : text(`${key}Hint`)} error={wrong[key]}>
      {(control) => (
        <TextInput
          {...control}
          {...more}
          value={typed[key]}
          onChange={(event) => change({ [key]: event.target.value })}
        />
      )}
    </Field>
  )
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-5">
      {line('name', { autoComplete: 'organization' })}
      {line('displayName', { autoComplete: 'name' })}
      {line('email', {
        type: 'email',
        inputMode: 'email',
        autoComplete: 'username',
        autoCapitalize: 'none',
        spellCheck: false,
      })}
      <div>
        <p className="mb-1.5 font-medium text-small">{text('way.label')}</p>
        <Segmented
          label={text('way.label')}
          options={[
            { value: 'password', label: text('way.password') },
            { value: 'link', label: text('way.link') },
          ]}
          value={typed.way}
          onChange={(way) => change({ way })}
        />
      </div>
      {typed.way === 'password' ? (
        <PasswordInput
          chosen={{ label: text('password'), hint: text('passwordHint') }}
          value={typed.password}
          onChange={(password) => change({ password })}
          error={wrong.password}
        />
      ) : (
        <p className="text-ink-2 text-small">{text('linkText')}</p>
      )}
      <div>
        <p className="mb-1.5 font-medium text-small">{text('language')}</p>
        <Segmented
          label={text('language')}
          options={[
            { value: 'fr', label: common('locale.fr') },
            { value: 'en', label: common('locale.en') },
          ]}
          value={typed.locale}
          onChange={(value) => change({ locale: value })}
        />
      </div>
      {refused !== null && (
        <Notice icon={<CircleAlert size={18} />} live>
          {sentence(refused)}
        </Notice>
      )}
      <Button type="submit" variant="primary" big aria-busy={busy}>
        {text('submit')}
      </Button>
    </form>
  )
}

const formOf = ({ way, password, ...typed }: Typed) => ({
  ...typed,
  password: way === 'password' ? password : null,
  timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
})

/** What the server would refuse, said beside each line before it is asked. */
function useFaults(): (typed: Typed) => Wrong {
  const text = useTranslations('founding')
  return ({ name, displayName, email, password, way }) => {
    const line = (key: 'name' | 'displayName', value: string, max: number) => {
      if (value.trim() === '') return { [key]: text(`missing.${key}`) }
      return value.trim().length > max ? { [key]: text('tooLong', { max }) } : {}
    }
    const weak = way === 'password' ? passwordFault(password, email) : null
    return {
      ...line('name', name, ORGANISATION_NAME_MAX),
      ...line('displayName', displayName, PERSON_NAME_MAX),
      ...(normaliseEmail(email) === null ? { email: text('missing.email') } : {}),
      ...(weak ? { password: text(`weak.${weak}`) } : {}),
    }
  }
}
