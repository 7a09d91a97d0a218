'use client'
import { ROLES, type Role } from '@fieldback/domain/access/permissions'
import { PERSON_NAME_MAX } from '@fieldback/domain/org/founding'
import { Field } from '@fieldback/ui/field'
import { IconButton } from '@fieldback/ui/icon-button'
import { Select } from '@fieldback/ui/select'
import { TextInput } from '@fieldback/ui/text-input'
import X from 'lucide-react/icons/x'
import { useTranslations } from 'next-intl'
import { type PersonDraft, placeOf, type RowFault, withAddress } from './person-draft.ts'
import { indented, type Place } from './setup.ts'

type PersonRowProps = {
  readonly number: number
  readonly row: PersonDraft
  readonly places: readonly Place[]
  readonly fault: RowFault | null
  readonly onChange: (part: Partial<PersonDraft>) => void
  readonly onRemove: (() => void) | undefined
}

/** Address, name, role, place: one line at the desk, stacked on a phone. */
export function PersonRow({ number, row, places, fault, onChange, onRemove }: PersonRowProps) {
  const text = useTranslations('orgSetup')
  const access = useTranslations('access')
  const at = placeOf(row, places)
  const wrong = (part: RowFault['at']) =>
    fault?.at === part ? text(`people.${fault.code}`, { max: PERSON_NAME_MAX }) : undefined
  return (
    <fieldset className="relative grid grid-cols-1 items-start gap-3 rounded-md bg-sunken p-4 sm:grid-cols-2 lg:grid-cols-[1.4fr_1.2fr_1fr_1.2fr_40px] [&>*]:min-w-0">
      <legend className="sr-only">{text('people.row', { number })}</legend>
      <Field label={text('people.email')} error={wrong('email')}>
        {(control) => (
          <TextInput
            {...control}
            type="email"
            inputMode="email"
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            value={row.email}
            onChange={(event) => onChange(withAddress(row, event.target.value))}
          />
        )}
      </Field>
      <Field label={text('people.name')} error={wrong('name')}>
        {(control) => (
          <TextInput
            {...control}
            autoComplete="off"
            value={row.name}
            onChange={(event) => onChange({ name: event.target.value })}
          />
        )}
      </Field>
      <Field label={text('people.role')}>
        {(control) => (
          <Select
            {...control}
            options={ROLES.map((role) => ({ value: role, label: access(`role.${role}`) }))}
            value={row.role}
            onChange={(role) => onChange({ role: role as Role })}
          />
        )}
      </Field>
      <Field label={text('people.place')} error={wrong('place')}>
        {(control) => (
          <Select
            {...control}
            options={[
              ...(at === '' ? [{ value: '', label: text('people.choose') }] : []),
              ...places.map((place) => ({ value: place.id, label: indented(place) })),
            ]}
            value={at}
            onChange={(placeId) => onChange({ placeId })}
          />
        )}
      </Field>
      {onRemove && (
        <span className="max-lg:absolute max-lg:top-1 max-lg:right-1 lg:pt-6">
          <IconButton icon={<X size={18} />} label={text('people.remove', { number })} onClick={onRemove} />
        </span>
      )}
    </fieldset>
  )
}
