'use client'
import type { AppRouter } from '@fieldback/api/root'
import { nameKey } from '@fieldback/domain/account/normalise'
import { Field } from '@fieldback/ui/field'
import { LevelMark } from '@fieldback/ui/level-mark'
import { TextInput } from '@fieldback/ui/text-input'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { inferRouterOutputs } from '@trpc/server'
import Search from 'lucide-react/icons/search'
import { useTranslations } from 'next-intl'
import { useEffect, useRef, useState } from 'react'
import { useLevelName } from '../../client/levels.tsx'
import { useTRPC } from '../../client/trpc.tsx'

type Node = inferRouterOutputs<AppRouter>['territory']['tree']['nodes'][number]
export type ChosenPlace = Pick<Node, 'id' | 'name' | 'rank'>

export type PlaceFieldProps = {
  readonly label: string
  readonly value: ChosenPlace | null
  readonly onChange: (place: ChosenPlace | null) => void
  readonly error?: string | undefined
}

/** Above what follows, so that nothing jumps while one types. */
const POPOVER = 'absolute inset-x-0 top-full z-20 mt-1 rounded-md bg-raised shadow-3'

/** Enough to recognise a place; a longer name finds the others. */
const SHOWN = 7

/** One territory of the organisation, found by a part of its name. */
export function PlaceField({ label, value, onChange, error }: PlaceFieldProps) {
  const text = useTranslations('accessDesk')
  const [typed, setTyped] = useState('')
  const [open, setOpen] = useState(false)
  const whole = useRef<HTMLDivElement>(null)
  const turned = useRef(false)
  const chosen = value?.id
  // What was pressed is gone: the focus goes to what took its place, or whoever uses the keyboard begins again.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when the place itself changes.
  useEffect(() => {
    if (turned.current) whole.current?.querySelector<HTMLElement>('input, button')?.focus()
    turned.current = false
  }, [chosen])
  const change = (place: ChosenPlace | null) => {
    turned.current = true
    onChange(place)
  }
  if (value)
    return (
      <Field label={label}>
        {({ id }) => (
          <div
            ref={whole}
            className="flex h-13 min-w-0 items-center gap-2 rounded-md bg-surface pr-1 pl-4 inset-ring inset-ring-control desk:h-10 desk:rounded-[10px] desk:pl-3"
          >
            <LevelMark rank={value.rank} size={16} />
            <span className="min-w-0 flex-1 truncate">{value.name}</span>
            <button
              id={id}
              type="button"
              onClick={() => change(null)}
              className="h-11 rounded-sm px-2 text-accent-ink text-small hover:bg-accent-soft desk:h-8"
            >
              {text('place.change')}
            </button>
          </div>
        )}
      </Field>
    )
  return (
    <Field label={label} error={error}>
      {(control) => (
        // biome-ignore lint/a11y/noStaticElementInteractions: only notices that the focus has left both.
        <div
          ref={whole}
          className="relative"
          onBlur={({ currentTarget, relatedTarget }) => {
            if (!currentTarget.contains(relatedTarget)) setOpen(false)
          }}
        >
          <TextInput
            {...control}
            type="search"
            autoComplete="off"
            icon={<Search size={16} />}
            placeholder={text('place.search')}
            value={typed}
            onFocus={() => setOpen(true)}
            onChange={(event) => {
              setTyped(event.target.value)
              setOpen(true)
            }}
            onKeyDown={(event) => {
              if (event.key === 'Escape') setOpen(false)
            }}
          />
          {open && (
            <PlaceList
              label={label}
              typed={typed}
              onChoose={(place) => {
                setTyped('')
                setOpen(false)
                change(place)
              }}
            />
          )}
        </div>
      )}
    </Field>
  )
}

type PlaceListProps = { label: string; typed: string; onChoose: (place: ChosenPlace) => void }

function PlaceList({ label, typed, onChoose }: PlaceListProps) {
  const text = useTranslations('accessDesk')
  const levelName = useLevelName()
  const tree = useQuery(
    useTRPC().territory.tree.queryOptions({ filter: typed.trim() }, { placeholderData: keepPreviousData }),
  )
  const nodes = tree.data?.nodes ?? []
  const key = nameKey(typed)
  const found = nodes.filter(({ name }) => nameKey(name).includes(key)).slice(0, SHOWN)
  const nameOf = new Map(nodes.map(({ id, name }) => [id, name]))
  if (!tree.data) return null
  if (found.length === 0)
    return <p className={`${POPOVER} px-3 py-2.5 text-ink-2 text-small`}>{text('place.none')}</p>
  return (
    <ul aria-label={label} className={POPOVER}>
      {found.map((node) => (
        <li key={node.id}>
          <button
            type="button"
            onClick={() => onChoose(node)}
            className="flex min-h-11 w-full items-center gap-2 rounded-md px-3 py-1.5 text-left text-small hover:bg-canvas desk:min-h-9"
          >
            <LevelMark rank={node.rank} size={16} label={levelName(node.rank)} />
            <span className="min-w-0 flex-1 truncate">{node.name}</span>
            <span className="truncate text-caption text-ink-2">
              {node.parentId === null ? '' : nameOf.get(node.parentId)}
            </span>
          </button>
        </li>
      ))}
    </ul>
  )
}
