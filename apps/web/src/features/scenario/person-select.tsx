'use client'
import type { Role } from '@fieldback/domain/access/permissions'
import { Field } from '@fieldback/ui/field'
import { Select } from '@fieldback/ui/select'
import { useQuery } from '@tanstack/react-query'
import { useMember } from '../../client/member.tsx'
import { useTRPC } from '../../client/trpc.tsx'
import { newId } from '../../mobile/data/new-id.ts'
import type { Step } from './scenario-page.ts'
import { useWords } from './use-words.ts'

type PersonSelectProps = {
  readonly label: string
  readonly value: string
  readonly onChange: (membershipId: string) => void
}

/** Whom the reader may give a place, with the places each holds; the first choice is nobody. */
export function PersonSelect({ label, value, onChange }: PersonSelectProps) {
  const { text } = useWords()
  const people = useQuery(useTRPC().assignment.people.queryOptions())
  const options = (people.data ?? []).map(({ membershipId, displayName, places }) => ({
    value: membershipId,
    label: places.length > 0 ? `${displayName} (${places.join(', ')})` : displayName,
  }))
  return (
    <Field label={label}>
      {(control) => (
        <Select
          {...control}
          options={[{ value: '', label: text('gesture.nobody') }, ...options]}
          value={value}
          onChange={onChange}
        />
      )}
    </Field>
  )
}

/** The step that gives a territory to somebody; none to nobody. Roles of a scenario begin with it, whatever is written here. */
export function useAssignTo(): (territoryId: string, membershipId: string, role?: Role) => Step[] {
  const { day } = useMember()
  return (territoryId, membershipId, role = 'rep') =>
    membershipId === ''
      ? []
      : [{ of: 'assign', id: newId(), membershipId, territoryId, role, validFrom: day, validTo: null }]
}
