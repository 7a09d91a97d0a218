'use client'
import { Field } from '@fieldback/ui/field'
import { Select } from '@fieldback/ui/select'
import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useTRPC } from '../../client/trpc.tsx'
import type { RepairProps } from './repair-props.ts'

const KEEP = 'keep'
const NOBODY = 'nobody'

/** Somebody of the account, or nobody where that can be. */
export function RepairContact({ item, given, onGive }: RepairProps) {
  const text = useTranslations('quarantine')
  const accountId = given.accountId ?? item.account?.id
  const contacts = useQuery({
    ...useTRPC().quarantine.contacts.queryOptions({ accountId: accountId ?? '' }),
    enabled: accountId !== undefined,
  })
  const mayBeNobody = item.kind !== 'contact.update'
  const value = given.contactId === undefined ? KEEP : (given.contactId ?? NOBODY)
  return (
    <Field label={text('settle.contact')}>
      {(control) => (
        <Select
          {...control}
          options={[
            { value: KEEP, label: text('settle.sameContact') },
            ...(mayBeNobody ? [{ value: NOBODY, label: text('settle.nobody') }] : []),
            ...(contacts.data ?? []).map(({ id, name, jobTitle }) => ({
              value: id,
              label: [name, jobTitle].filter(Boolean).join(', '),
            })),
          ]}
          value={value}
          onChange={(next) =>
            onGive({ contactId: next === KEEP ? undefined : next === NOBODY ? null : next })
          }
        />
      )}
    </Field>
  )
}
