'use client'
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
  /** The place was asked for and is missing. */
  readonly placeMissing: boolean
}

/** A role, where, and from when to when. */
export function RoleFields({ draft, onChange, placeMissing }: RoleFieldsProps) {
  const text = useTranslations('accessDesk')
  const access = useTranslations('access')
  const { day } = useMember()
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
        error={placeMissing && draft.place === null ? text('invite.placeMissing') : undefined}
      />
      <Field label={text('invite.from')}>
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
      <Field label={text('invite.to')} hint={text('invite.toHint')}>
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
