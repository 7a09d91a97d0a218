'use client'
import { SECTOR_NAME_MAX } from '@fieldback/domain/territory/own-sector'
import type { RehomeRule } from '@fieldback/domain/territory/rehome-rule'
import { Button } from '@fieldback/ui/button'
import { Field } from '@fieldback/ui/field'
import { Segmented } from '@fieldback/ui/segmented'
import { TextInput } from '@fieldback/ui/text-input'
import { useToast } from '@fieldback/ui/toast'
import { keepPreviousData, skipToken, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { type FormEvent, useState } from 'react'
import { useTRPC } from '../../client/trpc.tsx'
import { useAddress } from '../../client/use-address.ts'
import { useErrorSentence } from '../../client/use-error-sentence.ts'
import { RuleInputs } from './rule-inputs.tsx'
import type { Place } from './territory-page.ts'

export type By = 'towns' | 'street' | 'answer'
const WAYS: readonly By[] = ['towns', 'street', 'answer']

/** A sub-sector made by a rule: which accounts come from where is seen before anything is asked for. */
export function RuleSector({ parent }: { parent: Place }) {
  const text = useTranslations('sectorDesk')
  const sentence = useErrorSentence()
  const address = useAddress()
  const toast = useToast()
  const trpc = useTRPC()
  const client = useQueryClient()
  const [by, setBy] = useState<By>('towns')
  const [rule, setRule] = useState<RehomeRule | null>(null)
  const [name, setName] = useState('')
  const close = () => address.set({ do: null })
  const preview = useQuery({
    ...trpc.territory.previewRule.queryOptions(rule ? { territoryId: parent.id, rule } : skipToken),
    placeholderData: keepPreviousData,
  })
  const ask = useMutation(
    trpc.territory.askOfSector.mutationOptions({
      onSuccess: async () => {
        toast({ text: text('asked', { name: name.trim() }) })
        close()
        await client.invalidateQueries(trpc.territory.pathFilter())
      },
    }),
  )
  const taken = rule ? (preview.data?.taken ?? 0) : 0
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (rule && taken > 0)
      ask.mutate({ territoryId: parent.id, ask: { of: 'make', name: name.trim(), rule } })
  }
  return (
    <form
      aria-label={text('title', { place: parent.name })}
      onSubmit={submit}
      onKeyDown={(event) => event.key === 'Escape' && close()}
      className="grid gap-5 rounded-md bg-sunken p-4"
    >
      <div>
        <Segmented<By>
          label={text('by.label')}
          options={WAYS.map((value) => ({ value, label: text(`by.${value}`) }))}
          value={by}
          onChange={(next) => {
            setBy(next)
            setRule(null)
          }}
        />
      </div>
      <RuleInputs key={by} territoryId={parent.id} by={by} rule={rule} onChange={setRule} />
      {rule && (
        <p role="status" className="text-small">
          {preview.error ? (
            sentence(preview.error)
          ) : !preview.data ? (
            text('counting')
          ) : (
            <Taken {...preview.data} />
          )}
        </p>
      )}
      <div className="w-80 max-w-full">
        <Field label={text('name')} error={ask.error ? sentence(ask.error) : undefined}>
          {(control) => (
            <TextInput
              {...control}
              maxLength={SECTOR_NAME_MAX}
              placeholder={text('example')}
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
      </div>
      <span className="flex gap-2">
        <Button
          type="submit"
          variant="primary"
          disabled={ask.isPending || preview.isFetching || taken === 0 || name.trim() === ''}
        >
          {text('make')}
        </Button>
        <Button variant="ghost" onClick={close}>
          {text('cancel')}
        </Button>
      </span>
    </form>
  )
}

type TakenProps = {
  taken: number
  from: readonly { readonly name: string; readonly accounts: number }[]
}

function Taken({ taken, from }: TakenProps) {
  const text = useTranslations('sectorDesk')
  const places = from.map(({ name, accounts }) => text('from', { count: accounts, place: name }))
  return (
    <>
      <strong className="font-strong">{text('preview', { count: taken })}</strong> {places.join(', ')}
      {places.length > 0 && '.'}
    </>
  )
}
