'use client'
import { RANKS } from '@fieldback/domain/territory/rank'
import { Button } from '@fieldback/ui/button'
import { Field } from '@fieldback/ui/field'
import { LevelMark } from '@fieldback/ui/level-mark'
import { List } from '@fieldback/ui/list'
import { ListRow } from '@fieldback/ui/list-row'
import { Select } from '@fieldback/ui/select'
import { TextInput } from '@fieldback/ui/text-input'
import { useToast } from '@fieldback/ui/toast'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useLocale, useTranslations } from 'next-intl'
import { type FormEvent, useState } from 'react'
import { useTRPC } from '../../client/trpc.tsx'
import { useErrorSentence } from '../../client/use-error-sentence.ts'
import { indented, inOrder, type Place } from './setup.ts'

/** Territories one by one: the next is proposed under the last parent, so that a name and Enter are enough. */
export function HandForm() {
  const text = useTranslations('orgSetup')
  const locale = useLocale()
  const trpc = useTRPC()
  const places = useQuery(trpc.org.places.queryOptions())
  const levels = useQuery(trpc.territory.levels.queryOptions())
  const [added, setAdded] = useState<readonly Place[]>([])
  const ordered = inOrder(places.data ?? [], locale)
  const levelName = (rank: number) =>
    levels.data?.[rank]?.[locale] || text('levels.level', { rank: rank + 1 })
  if (ordered.length === 0) return null
  return (
    <section aria-label={text('territories.way.hand')} className="grid max-w-[880px] gap-5">
      <AddForm
        parents={ordered.filter(({ rank }) => rank < 3)}
        levelName={levelName}
        onAdded={(place) => setAdded((before) => [place, ...before])}
      />
      {added.length > 0 && (
        <List label={text('hand.added')} inset="mark">
          {added.map((place) => (
            <ListRow
              key={place.id}
              lead={<LevelMark rank={place.rank} size={20} />}
              title={place.name}
              text={levelName(place.rank)}
            />
          ))}
        </List>
      )}
    </section>
  )
}

type AddFormProps = {
  readonly parents: readonly Place[]
  readonly levelName: (rank: number) => string
  readonly onAdded: (place: Place) => void
}

function AddForm({ parents, levelName, onAdded }: AddFormProps) {
  const text = useTranslations('orgSetup')
  const sentence = useErrorSentence()
  const toast = useToast()
  const trpc = useTRPC()
  const client = useQueryClient()
  const [name, setName] = useState('')
  const [missing, setMissing] = useState(false)
  const [parentId, setParent] = useState(parents[0]?.id ?? '')
  const [wanted, setWanted] = useState<number | null>(null)
  const parent = parents.find(({ id }) => id === parentId) ?? parents[0]
  const ranks = RANKS.filter((rank) => rank > (parent?.rank ?? 0))
  const rank = ranks.find((one) => one === wanted) ?? ranks[0] ?? 1
  const add = useMutation(
    trpc.territory.add.mutationOptions({
      onSuccess: async (place) => {
        setName('')
        onAdded(place)
        toast({ text: text('hand.done', { name: place.name }) })
        await client.invalidateQueries(trpc.org.pathFilter())
        await client.invalidateQueries(trpc.territory.pathFilter())
      },
    }),
  )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setMissing(name.trim() === '')
    if (name.trim() !== '' && parent) add.mutate({ parentId: parent.id, rank, name: name.trim(), code: null })
  }
  const wrong = missing ? text('hand.missing') : add.error ? sentence(add.error) : undefined
  return (
    <form onSubmit={submit} noValidate className="rounded-md bg-sunken p-4">
      <div className="grid gap-3 sm:grid-cols-3 [&>*]:min-w-0">
        <Field label={text('hand.name')} error={wrong}>
          {(control) => (
            <TextInput
              {...control}
              maxLength={80}
              autoComplete="off"
              placeholder={text('hand.example')}
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
        <Field label={text('hand.under')}>
          {(control) => (
            <Select
              {...control}
              options={parents.map((place) => ({ value: place.id, label: indented(place) }))}
              value={parent?.id ?? ''}
              onChange={setParent}
            />
          )}
        </Field>
        <Field label={text('hand.level')}>
          {(control) => (
            <Select
              {...control}
              options={ranks.map((one) => ({ value: String(one), label: levelName(one) }))}
              value={String(rank)}
              onChange={(value) => setWanted(Number(value))}
            />
          )}
        </Field>
      </div>
      <Button type="submit" disabled={add.isPending} className="mt-4">
        {text('hand.add')}
      </Button>
    </form>
  )
}
