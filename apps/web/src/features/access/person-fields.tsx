'use client'
import { isLocale, LOCALES, type Locale } from '@fieldback/i18n/locale'
import { Field } from '@fieldback/ui/field'
import { Select } from '@fieldback/ui/select'
import { TextInput } from '@fieldback/ui/text-input'
import { useTranslations } from 'next-intl'

/** Somebody being invited; `locale` null: the organisation's. */
export type PersonDraft = { readonly email: string; readonly name: string; readonly locale: Locale | null }

export const NOBODY: PersonDraft = { email: '', name: '', locale: null }

export type PersonFieldsProps = {
  readonly draft: PersonDraft
  readonly onChange: (draft: PersonDraft) => void
  readonly wrong: { readonly email?: string; readonly name?: string }
}

/** Who is invited, and in which language he is written to. */
export function PersonFields({ draft, onChange, wrong }: PersonFieldsProps) {
  const text = useTranslations('accessDesk')
  const common = useTranslations('common')
  const set = (change: Partial<PersonDraft>) => onChange({ ...draft, ...change })
  return (
    <div className="grid items-start gap-3 sm:grid-cols-2 xl:grid-cols-[1.6fr_1.6fr_1fr]">
      <Field label={text('invite.email')} error={wrong.email}>
        {(control) => (
          <TextInput
            {...control}
            type="email"
            autoComplete="off"
            spellCheck={false}
            value={draft.email}
            onChange={(event) => set({ email: event.target.value })}
          />
        )}
      </Field>
      <Field label={text('invite.name')} error={wrong.name}>
        {(control) => (
          <TextInput
            {...control}
            autoComplete="off"
            maxLength={120}
            value={draft.name}
            onChange={(event) => set({ name: event.target.value })}
          />
        )}
      </Field>
      <Field label={text('invite.locale')}>
        {(control) => (
          <Select
            {...control}
            options={[
              { value: '', label: text('invite.localeOrg') },
              ...LOCALES.map((value) => ({ value, label: common(`locale.${value}`) })),
            ]}
            value={draft.locale ?? ''}
            onChange={(value) => set({ locale: isLocale(value) ? value : null })}
          />
        )}
      </Field>
    </div>
  )
}
