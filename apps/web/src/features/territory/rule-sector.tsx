'use client'
import { GESTURE_STEPS_MAX } from '@fieldback/domain/scenario/scenario'
import { SECTOR_NAME_MAX } from '@fieldback/domain/territory/own-sector'
import { SUB_SECTOR } from '@fieldback/domain/territory/rank'
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
import { newId } from '../../mobile/data/new-id.ts'
import { RuleInputs } from './rule-inputs.tsx'
import type { Place } from './territory-page.ts'
import { useLater } from './use-later.tsx'

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
  const later = useLater()
  const taken = rule ? (preview.data?.taken ?? 0) : 0
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!rule || taken === 0) return
    if (!later.isLater)
      return ask.mutate({ territoryId: parent.id, ask: { of: 'make', name: name.trim(), rule } })
    const toId = newId()
    // From all of them: by that day, accounts that it means may have come where there are none today.
    const passed = (preview.data?.from ?? [])
      .toSorted((a, b) => b.accounts - a.accounts)
      .slice(0, GESTURE_STEPS_MAX - 1)
      .map(({ territoryId: fromId }) => ({ of: 'rehome' as const, fromId, toId, rule }))
    later.plan(
      [
        { of: 'create', id: toId, parentId: parent.id, rank: SUB_SECTOR, name: name.trim(), code: null },
        ...passed,
      ],
      text('planned', { name: name.trim(), place: parent.name }),
    )
  }
  const error = later.error ?? ask.error
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
        <Field label={text('name')} error={error ? sentence(error) : undefined}>
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
      {later.field}
      <span className="flex gap-2">
        <Button
          type="submit"
          variant="primary"
          disabled={ask.isPending || later.waits || preview.isFetching || taken === 0 || name.trim() === ''}
        >
          {later.label(text('make'), later.verb)}
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
  const places = from
    .filter(({ accounts }) => accounts > 0)
    .map(({ name, accounts }) => text('from', { count: accounts, place: name }))
  return (
    <>
      <strong className="font-strong">{text('preview', { count: taken })}</strong> {places.join(', ')}
      {places.length > 0 && '.'}
    </>
  )
}
