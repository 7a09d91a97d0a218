'use client'
import { periodFault } from '@fieldback/domain/access/period-fault'
import { ROLES, type Role } from '@fieldback/domain/access/permissions'
import { Field } from '@fieldback/ui/field'
import { Select } from '@fieldback/ui/select'
import { TextInput } from '@fieldback/ui/text-input'
import { useTranslations } from 'next-intl'
import { useMember } from '../../client/member.tsx'
import { PlaceField } from './place-field.tsx'
import type { RoleDraft } from './role-draft.ts'

export type RoleFieldsProps = {
  readonly draft: RoleDraft
  readonly onChange: (draft: RoleDraft) => void
  /** It was sent: what is missing or wrong is said beside it. */
  readonly checked: boolean
}

/** A role, where, and from when to when. */
export function RoleFields({ draft, onChange, checked }: RoleFieldsProps) {
  const text = useTranslations('accessDesk')
  const access = useTranslations('access')
  const { day } = useMember()
  const fault = checked ? periodFault(draft, day) : null
  const said = fault ? text(`invite.days.${fault}`) : undefined
  const set = (change: Partial<RoleDraft>) => onChange({ ...draft, ...change })
  return (
    <div className="grid items-start gap-3 sm:grid-cols-2 xl:grid-cols-[1fr_1.6fr_1fr_1fr] [&>*]:min-w-0">
      <Field label={text('invite.role')}>
        {(control) => (
          <Select
            {...control}
            options={ROLES.map((role) => ({ value: role, label: access(`role.${role}`) }))}
            value={draft.role}
            onChange={(role) => set({ role: role as Role })}
          />
        )}
      </Field>
      <PlaceField
        label={text('invite.place')}
        value={draft.place}
        onChange={(place) => set({ place })}
        error={checked && draft.place === null ? text('invite.placeMissing') : undefined}
      />
      <Field label={text('invite.from')} error={fault === 'toEarly' ? undefined : said}>
        {(control) => (
          <TextInput
            {...control}
            type="date"
            required
            min={day}
            value={draft.validFrom}
            onChange={(event) => set({ validFrom: event.target.value })}
          />
        )}
      </Field>
      <Field
        label={text('invite.to')}
        hint={text('invite.toHint')}
        error={fault === 'toEarly' ? said : undefined}
      >
        {(control) => (
          <TextInput
            {...control}
            type="date"
            min={draft.validFrom}
            value={draft.validTo}
            onChange={(event) => set({ validTo: event.target.value })}
          />
        )}
      </Field>
    </div>
  )
}
