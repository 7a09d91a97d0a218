'use client'
import type { Rank } from '@fieldback/domain/territory/rank'
import { Field } from '@fieldback/ui/field'
import { Select } from '@fieldback/ui/select'
import { TextInput } from '@fieldback/ui/text-input'
import { useToast } from '@fieldback/ui/toast'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useLevelName } from '../../client/levels.tsx'
import { useTRPC } from '../../client/trpc.tsx'
import { useAddress } from '../../client/use-address.ts'
import { useErrorSentence } from '../../client/use-error-sentence.ts'
import type { Administered } from './administered.ts'
import { FormLine } from './form-line.tsx'
import { useClosing } from './use-closing.ts'

/** A territory under the one shown: its name, its level where several fit, its code. What was typed stays when refused. */
export function AddTerritory({ page: { territory, ranks } }: { page: Administered }) {
  const text = useTranslations('territory')
  const common = useTranslations('common')
  const levelName = useLevelName()
  const sentence = useErrorSentence()
  const address = useAddress()
  const toast = useToast()
  const trpc = useTRPC()
  const client = useQueryClient()
  const closing = useClosing()
  const [name, setName] = useState('')
  const [code, setCode] = useState('')
  const [rank, setRank] = useState<Rank>(ranks[0] ?? 3)
  const add = useMutation(
    trpc.territory.add.mutationOptions({
      onSuccess: async (added) => {
        await client.invalidateQueries(trpc.territory.pathFilter())
        address.set({ do: null })
        toast({
          text: text('admin.addForm.done', { name: added.name, place: territory.name }),
          undo: {
            label: common('cancel'),
            onUndo: () => closing.close(added, `/admin/territories?at=${territory.id}`),
          },
        })
      },
    }),
  )
  return (
    <FormLine
      save={text('admin.addForm.save')}
      disabled={add.isPending || name.trim() === ''}
      onSubmit={() =>
        add.mutate({ parentId: territory.id, rank, name, code: code.trim() === '' ? null : code })
      }
    >
      <div className="w-72 max-w-full">
        <Field
          label={text('admin.addForm.name', { place: territory.name })}
          error={add.error ? sentence(add.error) : undefined}
        >
          {(control) => (
            <TextInput
              {...control}
              autoFocus
              required
              maxLength={80}
              placeholder={text('admin.addForm.example')}
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
      </div>
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
        <Field label={text('admin.addForm.code')}>
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
