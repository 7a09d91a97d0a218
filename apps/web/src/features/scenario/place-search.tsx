'use client'
import type { Rank } from '@fieldback/domain/territory/rank'
import { LevelMark } from '@fieldback/ui/level-mark'
import { TextInput } from '@fieldback/ui/text-input'
import Search from 'lucide-react/icons/search'
import { useLevelName } from '../../client/levels.tsx'
import { useWords } from './use-words.ts'

export type FoundPlace = {
  readonly id: string
  readonly name: string
  readonly rank: Rank
  readonly under: string | null
}

type PlaceSearchProps = {
  readonly label: string
  readonly search: string
  readonly onSearch: (search: string) => void
  /** Undefined while they are read. */
  readonly found: { readonly places: readonly FoundPlace[]; readonly more: number } | undefined
  readonly chosen: string | null
  readonly onChoose: (place: FoundPlace) => void
}

/** One territory among many, by any part of its name. */
export function PlaceSearch({ label, search, onSearch, found, chosen, onChoose }: PlaceSearchProps) {
  const { text } = useWords()
  const levelName = useLevelName()
  return (
    <fieldset>
      <legend className="mb-1.5 font-medium text-small">{label}</legend>
      <TextInput
        type="search"
        autoComplete="off"
        icon={<Search size={16} />}
        aria-label={text('gesture.search')}
        placeholder={text('gesture.search')}
        value={search}
        onChange={(event) => onSearch(event.target.value)}
        onKeyDown={(event) => {
          // Enter would send the form around it without a place.
          if (event.key === 'Enter') event.preventDefault()
        }}
      />
      <ul className="mt-2 grid max-h-64 gap-1 overflow-y-auto p-0.5 sm:grid-cols-2">
        {found?.places.map((place) => (
          <li key={place.id}>
            <button
              type="button"
              aria-pressed={place.id === chosen}
              onClick={() => onChoose(place)}
              className="flex min-h-11 w-full items-center gap-2.5 rounded-md bg-surface px-3 py-1.5 text-left inset-ring inset-ring-line-2 transition-colors hover:bg-canvas aria-pressed:bg-accent-soft aria-pressed:inset-ring-2 aria-pressed:inset-ring-accent"
            >
              <LevelMark rank={place.rank} size={16} label={levelName(place.rank)} />
              <span className="min-w-0 flex-1">
                <span className="block truncate font-medium text-small">{place.name}</span>
                {place.under !== null && (
                  <span className="block truncate text-caption text-ink-2">
                    {text('gesture.under', { name: place.under })}
                  </span>
                )}
              </span>
            </button>
          </li>
        ))}
      </ul>
      <p aria-live="polite" className="mt-1 text-caption text-ink-2">
        {found && found.places.length === 0 && text('gesture.noPlace')}
        {found && found.more > 0 && text('gesture.morePlaces', { count: found.more })}
      </p>
    </fieldset>
  )
}
