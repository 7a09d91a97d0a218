'use client'
import { SUB_SECTOR } from '@fieldback/domain/territory/rank'
import { useMutation } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useTRPC } from '../../client/trpc.tsx'
import { newId } from '../../mobile/data/new-id.ts'
import { FormLine } from './form-line.tsx'
import { NameField } from './name-field.tsx'
import type { Place } from './territory-page.ts'
import { useAdded } from './use-added.ts'
import { useLater } from './use-later.tsx'

/** A sub-sector in one line, in the page. */
export function NewSector({ parent }: { parent: Place }) {
  const text = useTranslations('territory')
  const trpc = useTRPC()
  const [name, setName] = useState('')
  const onSuccess = useAdded(parent, `/manage/t/${parent.id}`)
  const create = useMutation(trpc.territory.createSubSector.mutationOptions({ onSuccess }))
  const later = useLater()
  const submit = () => {
    if (!later.isLater) return create.mutate({ parentId: parent.id, name })
    later.plan(
      [{ of: 'create', id: newId(), parentId: parent.id, rank: SUB_SECTOR, name, code: null }],
      text('sector.planned', { name: name.trim(), place: parent.name }),
    )
  }
  return (
    <FormLine
      when={later.field}
      save={later.label(text('sector.create'), later.verb)}
      disabled={create.isPending || later.waits || name.trim() === ''}
      note={text('sector.next')}
      onSubmit={submit}
    >
      <NameField
        label={text('sector.label', { place: parent.name })}
        example={text('sector.example')}
        value={name}
        onChange={setName}
        error={later.error ?? create.error}
      />
    </FormLine>
  )
}
