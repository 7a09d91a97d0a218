'use client'
import { ROLES, type Role } from '@fieldback/domain/access/permissions'
import { Field } from '@fieldback/ui/field'
import { Select } from '@fieldback/ui/select'
import { Skeleton } from '@fieldback/ui/skeleton'
import { useState } from 'react'
import { GestureForm } from './gesture-form.tsx'
import type { GestureProps } from './gesture-props.ts'
import { PersonSelect, useAssignTo } from './person-select.tsx'
import { useHoldings } from './use-holdings.ts'
import { useWords } from './use-words.ts'

/** A manager gives the roles of his branch; the server has the last word. */
const GIVEN: readonly Role[] = ['rep', 'manager']

export function AssignGesture({ page, subject, ...rest }: GestureProps) {
  const { text, access } = useWords()
  const [person, setPerson] = useState('')
  const [role, setRole] = useState<Role>('rep')
  const assignTo = useAssignTo()
  const roles = page.can.administer ? ROLES : GIVEN
  return (
    <GestureForm {...rest} ready={person !== ''} steps={() => assignTo(subject.id, person, role)}>
      <PersonSelect label={text('gesture.personTo')} value={person} onChange={setPerson} />
      <Field label={text('gesture.role')}>
        {(control) => (
          <Select
            {...control}
            value={role}
            onChange={(value) => setRole(value as Role)}
            options={roles.map((one) => ({ value: one, label: access(`role.${one}`) }))}
          />
        )}
      </Field>
    </GestureForm>
  )
}

export function EndGesture({ page, subject, ...rest }: GestureProps) {
  const { text, access } = useWords()
  const [chosen, setChosen] = useState('')
  const held = useHoldings(page.id, subject.id)
  if (!held.data) return <Skeleton label={text('gesture.loading')} lines={2} />
  const { people } = held.data
  if (people.length === 0) return <p className="text-ink-2 text-small">{text('gesture.noPeople')}</p>
  const assignmentId = chosen || (people[0]?.assignmentId ?? '')
  return (
    <GestureForm
      {...rest}
      ready={assignmentId !== ''}
      steps={() => [{ of: 'endAssignment', assignmentId, lastDay: page.today }]}
    >
      <Field label={text('gesture.who')}>
        {(control) => (
          <Select
            {...control}
            value={assignmentId}
            onChange={setChosen}
            options={people.map((one) => ({
              value: one.assignmentId,
              label: `${one.name} (${access(`role.${one.role}`)})`,
            }))}
          />
        )}
      </Field>
    </GestureForm>
  )
}
