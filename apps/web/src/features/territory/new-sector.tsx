'use client'
import { Button } from '@fieldback/ui/button'
import { Field } from '@fieldback/ui/field'
import { TextInput } from '@fieldback/ui/text-input'
import { useToast } from '@fieldback/ui/toast'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { type FormEvent, useState } from 'react'
import { useTRPC } from '../../client/trpc.tsx'
import { useAddress } from '../../client/use-address.ts'
import { useErrorSentence } from '../../client/use-error-sentence.ts'
import type { Place } from './territory-page.ts'
import { useClosing } from './use-closing.ts'

/** A sub-sector in one line, in the page. What was typed stays when it is refused. */
export function NewSector({ parent }: { parent: Place }) {
  const text = useTranslations('territory')
  const common = useTranslations('common')
  const sentence = useErrorSentence()
  const address = useAddress()
  const toast = useToast()
  const trpc = useTRPC()
  const client = useQueryClient()
  const closing = useClosing()
  const [name, setName] = useState('')
  const create = useMutation(
    trpc.territory.createSubSector.mutationOptions({
      onSuccess: async (sector) => {
        await client.invalidateQueries(trpc.territory.pathFilter())
        address.set({ do: null })
        toast({
          text: text('sector.done', { name: sector.name, place: parent.name }),
          undo: {
            label: common('cancel'),
            onUndo: () => closing.close(sector, `/manage/t/${parent.id}`),
          },
        })
      },
    }),
  )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    create.mutate({ parentId: parent.id, name })
  }
  return (
    <form onSubmit={submit} className="rounded-md bg-sunken p-4">
      <div className="flex flex-wrap items-start gap-2">
        <div className="w-80 max-w-full">
          <Field
            label={text('sector.label', { place: parent.name })}
            error={create.error ? sentence(create.error) : undefined}
          >
            {(control) => (
              <TextInput
                {...control}
                autoFocus
                required
                maxLength={80}
                placeholder={text('sector.example')}
                value={name}
                onChange={(event) => setName(event.target.value)}
                onKeyDown={(event) => event.key === 'Escape' && address.set({ do: null })}
              />
            )}
          </Field>
        </div>
        <span className="flex gap-2 pt-7">
          <Button type="submit" disabled={create.isPending || name.trim() === ''}>
            {text('sector.create')}
          </Button>
          <Button variant="ghost" onClick={() => address.set({ do: null })}>
            {common('cancel')}
          </Button>
        </span>
      </div>
      <p className="mt-2 text-caption text-ink-2">{text('sector.next')}</p>
    </form>
  )
}
