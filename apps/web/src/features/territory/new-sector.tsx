'use client'
import { useMutation } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useTRPC } from '../../client/trpc.tsx'
import { FormLine } from './form-line.tsx'
import { NameField } from './name-field.tsx'
import type { Place } from './territory-page.ts'
import { useAdded } from './use-added.ts'

/** A sub-sector in one line, in the page. */
export function NewSector({ parent }: { parent: Place }) {
  const text = useTranslations('territory')
  const trpc = useTRPC()
  const [name, setName] = useState('')
  const onSuccess = useAdded(parent, `/manage/t/${parent.id}`)
  const create = useMutation(trpc.territory.createSubSector.mutationOptions({ onSuccess }))
  return (
    <FormLine
      save={text('sector.create')}
      disabled={create.isPending || name.trim() === ''}
      note={text('sector.next')}
      onSubmit={() => create.mutate({ parentId: parent.id, name })}
    >
      <NameField
        label={text('sector.label', { place: parent.name })}
        example={text('sector.example')}
        value={name}
        onChange={setName}
        error={create.error}
      />
    </FormLine>
  )
}
