'use client'
import { nameKey } from '@fieldback/domain/account/normalise'
import { Field } from '@fieldback/ui/field'
import { LevelMark } from '@fieldback/ui/level-mark'
import { Segmented } from '@fieldback/ui/segmented'
import { TextInput } from '@fieldback/ui/text-input'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import Search from 'lucide-react/icons/search'
import { useDeferredValue, useState } from 'react'
import { useTRPC } from '../../client/trpc.tsx'
import { useWords } from './use-words.ts'

const SHOWN = 8
const HOWS = ['refuse', 'place'] as const

export type TerritoryChoiceProps = {
  readonly territoryId: string | null
  readonly onChange: (territoryId: string | null) => void
}

/** Where accounts go whose line names no territory: nowhere, or a place to find by its name. */
export function TerritoryChoice({ territoryId, onChange }: TerritoryChoiceProps) {
  const { text } = useWords()
  const [how, setHow] = useState<(typeof HOWS)[number]>(territoryId === null ? 'refuse' : 'place')
  const shown = territoryId === null ? how : 'place'
  return (
    <div className="flex flex-col items-start gap-3">
      <p className="font-medium">{text('options.territory')}</p>
      <Segmented
        label={text('options.territory')}
        options={HOWS.map((value) => ({ value, label: text(`options.how.${value}`) }))}
        value={shown}
        onChange={(next) => {
          setHow(next)
          if (next === 'refuse') onChange(null)
        }}
      />
      {shown === 'place' && <PlaceSearch territoryId={territoryId} onChange={onChange} />}
    </div>
  )
}

function PlaceSearch({ territoryId, onChange }: TerritoryChoiceProps) {
  const { text } = useWords()
  const [typed, setTyped] = useState('')
  const filter = useDeferredValue(typed.trim())
  const trpc = useTRPC()
  const chosen = useQuery({
    ...trpc.territory.tree.queryOptions({ at: territoryId }),
    enabled: territoryId !== null,
    placeholderData: keepPreviousData,
  }).data?.nodes.find(({ id }) => id === territoryId)
  return (
    <div className="w-full max-w-100">
      {chosen && (
        <p role="status" className="mb-3 flex items-center gap-2">
          <LevelMark rank={chosen.rank} size={16} />
          {text('options.within', { place: chosen.name })}
        </p>
      )}
      <Field label={text('options.search')} hint={text('options.searchHint')}>
        {(control) => (
          <TextInput
            {...control}
            type="search"
            autoComplete="off"
            icon={<Search size={16} />}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
        )}
      </Field>
      {filter.length >= 2 && (
        <Found
          filter={filter}
          onChoose={(id) => {
            onChange(id)
            setTyped('')
          }}
        />
      )}
    </div>
  )
}

function Found({ filter, onChoose }: { readonly filter: string; readonly onChoose: (id: string) => void }) {
  const { text } = useWords()
  const found = useQuery({
    ...useTRPC().territory.tree.queryOptions({ filter }),
    placeholderData: keepPreviousData,
  })
  const key = nameKey(filter)
  // The way to what matches comes with it, for a tree.
  const nodes = found.data?.nodes.filter(({ name }) => nameKey(name).includes(key)).slice(0, SHOWN)
  if (nodes?.length === 0) return <p className="mt-3 text-ink-2">{text('options.noneFound')}</p>
  return (
    <ul aria-label={text('options.search')} className="mt-2 [&>li+li]:border-line [&>li+li]:border-t">
      {nodes?.map(({ id, name, rank }) => (
        <li key={id}>
          <button
            type="button"
            onClick={() => onChoose(id)}
            className="-mx-2 flex min-h-11 w-full items-center gap-2 rounded-sm px-2 text-left hover:bg-canvas"
          >
            <LevelMark rank={rank} size={16} />
            {name}
          </button>
        </li>
      ))}
    </ul>
  )
}
