'use client'
import { Button } from '@fieldback/ui/button'
import { Field } from '@fieldback/ui/field'
import { TextInput } from '@fieldback/ui/text-input'
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import CircleAlert from 'lucide-react/icons/circle-alert'
import { useRouter } from 'next/navigation'
import { type FormEvent, useDeferredValue, useState } from 'react'
import { useMember } from '../../client/member.tsx'
import { useTRPC } from '../../client/trpc.tsx'
import { type FoundPlace, PlaceSearch } from './place-search.tsx'
import { useReread } from './use-scenario.ts'
import { useWords } from './use-words.ts'

const PLACES_MAX = 12

/** Name, branch and day of a new scenario; the first of the reader's branches is proposed. */
export function NewScenario({ onClose }: { onClose: () => void }) {
  const { text, sentence } = useWords()
  const { day: today } = useMember()
  const router = useRouter()
  const reread = useReread()
  const [name, setName] = useState('')
  const [day, setDay] = useState('')
  const [chosen, setChosen] = useState<FoundPlace | null>(null)
  const [search, setSearch] = useState('')
  const places = useBranches(search)
  const branch = chosen ?? places?.places[0] ?? null
  const create = useMutation(useTRPC().scenario.create.mutationOptions({ onSuccess: reread }))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!branch || name.trim() === '') return
    create.mutate(
      { territoryId: branch.id, name, effectiveOn: day === '' ? null : day },
      { onSuccess: ({ id }) => router.push(`/manage/scenarios/${id}`) },
    )
  }
  return (
    <form
      onSubmit={submit}
      onKeyDown={(event) => event.key === 'Escape' && onClose()}
      aria-label={text('form.title')}
      className="grid gap-4 rounded-md bg-sunken p-4"
    >
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={text('form.name')}>
          {(control) => (
            <TextInput
              {...control}
              autoFocus
              required
              maxLength={80}
              autoComplete="off"
              placeholder={text('form.example')}
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
        <Field label={text('form.day')}>
          {(control) => (
            <TextInput
              {...control}
              type="date"
              min={today}
              value={day}
              onChange={(event) => setDay(event.target.value)}
            />
          )}
        </Field>
      </div>
      <PlaceSearch
        label={branch ? text('form.branchIs', { name: branch.name }) : text('form.branch')}
        search={search}
        onSearch={setSearch}
        found={places}
        chosen={branch?.id ?? null}
        onChoose={setChosen}
      />
      {create.error && (
        <p role="alert" className="flex items-start gap-1.5 text-danger text-small">
          <CircleAlert size={16} className="mt-0.5 flex-none" />
          {sentence(create.error)}
        </p>
      )}
      <div className="flex flex-wrap gap-2">
        <Button
          type="submit"
          variant="primary"
          disabled={create.isPending || name.trim() === '' || branch === null}
        >
          {text('form.create')}
        </Button>
        <Button variant="ghost" onClick={onClose}>
          {text('cancel')}
        </Button>
      </div>
    </form>
  )
}

/** Territories of the reader's branches by name; without one, the tops and those under them. */
function useBranches(search: string): { places: FoundPlace[]; more: number } | undefined {
  const filter = useDeferredValue(search.trim())
  const tree = useQuery({
    ...useTRPC().territory.tree.queryOptions({ filter }),
    placeholderData: keepPreviousData,
  })
  if (!tree.data) return undefined
  const { nodes } = tree.data
  const names = new Map(nodes.map(({ id, name }) => [id, name]))
  const key = filter.toLocaleLowerCase()
  const first = nodes.filter(({ name }) => name.toLocaleLowerCase().includes(key))
  const found = first.length > 0 ? first : nodes
  return {
    places: found.slice(0, PLACES_MAX).map(({ id, name, rank, parentId }) => ({
      id,
      name,
      rank,
      under: parentId === null ? null : (names.get(parentId) ?? null),
    })),
    more: Math.max(0, found.length - PLACES_MAX),
  }
}
