'use client'
import { ranksUnder } from '@fieldback/domain/territory/placement'
import { type Rank, SUB_SECTOR } from '@fieldback/domain/territory/rank'
import { Field } from '@fieldback/ui/field'
import { Select } from '@fieldback/ui/select'
import { TextInput } from '@fieldback/ui/text-input'
import { useState } from 'react'
import { useLevelName } from '../../client/levels.tsx'
import { newId } from '../../mobile/data/new-id.ts'
import { GestureForm } from './gesture-form.tsx'
import type { GestureProps } from './gesture-props.ts'
import { PersonSelect, useAssignTo } from './person-select.tsx'
import { useWords } from './use-words.ts'

type NameFieldProps = {
  readonly label: string
  readonly value: string
  readonly onChange: (name: string) => void
}

export function NameField({ label, value, onChange }: NameFieldProps) {
  return (
    <Field label={label}>
      {(control) => (
        <TextInput
          {...control}
          autoFocus
          required
          maxLength={80}
          autoComplete="off"
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  )
}

export function CreateGesture({ page, subject, ...rest }: GestureProps) {
  const { text } = useWords()
  const levelName = useLevelName()
  const ranks = ranksUnder(subject.rank).filter((rank) => page.can.administer || rank === SUB_SECTOR)
  const [name, setName] = useState('')
  const [rank, setRank] = useState<Rank>(ranks[0] ?? SUB_SECTOR)
  const [person, setPerson] = useState('')
  const assignTo = useAssignTo()
  return (
    <GestureForm
      {...rest}
      ready={name.trim() !== ''}
      steps={() => {
        const id = newId()
        return [{ of: 'create', id, parentId: subject.id, rank, name, code: null }, ...assignTo(id, person)]
      }}
    >
      <NameField label={text('gesture.name')} value={name} onChange={setName} />
      {ranks.length > 1 && (
        <Field label={text('gesture.level')}>
          {(control) => (
            <Select
              {...control}
              value={String(rank)}
              onChange={(value) => setRank(Number(value) as Rank)}
              options={ranks.map((level) => ({ value: String(level), label: levelName(level) }))}
            />
          )}
        </Field>
      )}
      <PersonSelect label={text('gesture.person')} value={person} onChange={setPerson} />
    </GestureForm>
  )
}

export function RenameGesture({ subject, ...rest }: GestureProps) {
  const { text } = useWords()
  const [name, setName] = useState(subject.name)
  return (
    <GestureForm
      {...rest}
      ready={name.trim() !== '' && name.trim() !== subject.name}
      steps={() => [{ of: 'rename', territoryId: subject.id, name }]}
    >
      <NameField label={text('gesture.name')} value={name} onChange={setName} />
    </GestureForm>
  )
}

export function CloseGesture({ subject, ...rest }: GestureProps) {
  const { text } = useWords()
  return (
    <GestureForm {...rest} ready steps={() => [{ of: 'close', territoryId: subject.id }]}>
      <p className="text-ink-2 text-small">{text('gesture.closeWhat', { name: subject.name })}</p>
    </GestureForm>
  )
}
