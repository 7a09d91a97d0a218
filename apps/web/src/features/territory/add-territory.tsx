'use client'
import type { Rank } from '@fieldback/domain/territory/rank'
import { Field } from '@fieldback/ui/field'
import { Select } from '@fieldback/ui/select'
import { TextInput } from '@fieldback/ui/text-input'
import { useMutation } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useLevelName } from '../../client/levels.tsx'
import { useTRPC } from '../../client/trpc.tsx'
import { newId } from '../../mobile/data/new-id.ts'
import type { Administered } from './administered.ts'
import { FormLine } from './form-line.tsx'
import { NameField } from './name-field.tsx'
import { useAdded } from './use-added.ts'
import { useCodeFault } from './use-code-fault.ts'
import { useLater } from './use-later.tsx'

/** A territory under the one shown: its name, its level where several fit, its code. */
export function AddTerritory({ page: { territory, ranks } }: { page: Administered }) {
  const text = useTranslations('territory')
  const levelName = useLevelName()
  const trpc = useTRPC()
  const [name, setName] = useState('')
  const [code, setCode] = useState('')
  // What is sent and may be refused, not what is being typed since.
  const [refused, setRefused] = useState('')
  const [rank, setRank] = useState<Rank>(ranks[0] ?? 3)
  const onSuccess = useAdded(territory, `/admin/territories?at=${territory.id}`)
  const add = useMutation(trpc.territory.add.mutationOptions({ onSuccess }))
  const codeFault = useCodeFault()
  const later = useLater()
  const error = later.error ?? add.error
  const fault = error ? codeFault(refused, error) : undefined
  const submit = () => {
    const made = { parentId: territory.id, rank, name, code: code.trim() === '' ? null : code }
    setRefused(code)
    if (!later.isLater) return add.mutate(made)
    later.plan(
      [{ of: 'create', id: newId(), ...made }],
      text('sector.planned', { name: name.trim(), place: territory.name }),
    )
  }
  return (
    <FormLine
      when={later.field}
      save={later.label(text('admin.addForm.save'), later.verb)}
      disabled={add.isPending || later.waits || name.trim() === ''}
      onSubmit={submit}
    >
      <NameField
        label={text('admin.addForm.name', { place: territory.name })}
        example={text('admin.addForm.example')}
        value={name}
        onChange={setName}
        error={fault === undefined ? error : null}
      />
      {ranks.length > 1 && (
        <Field label={text('admin.addForm.level')}>
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
      <div className="w-56 max-w-full">
        <Field label={text('admin.addForm.code')} error={fault}>
          {(control) => (
            <TextInput
              {...control}
              maxLength={20}
              value={code}
              onChange={(event) => setCode(event.target.value)}
            />
          )}
        </Field>
      </div>
    </FormLine>
  )
}
