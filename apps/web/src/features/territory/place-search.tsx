'use client'
import { FranceMap, type RegionValue } from '@fieldback/ui/france-map'
import { LevelMark } from '@fieldback/ui/level-mark'
import { TextInput } from '@fieldback/ui/text-input'
import Search from 'lucide-react/icons/search'
import { useTranslations } from 'next-intl'
import { useLevelName } from '../../client/levels.tsx'
import type { PossiblePlaces } from './gesture.ts'

type PlaceSearchProps = {
  /** By name; the list and the map are what may be chosen. */
  readonly found: PossiblePlaces
  readonly sought: string
  readonly chosenId: string | null
  /** Said of each choice: "Mettre Landes sous Bretagne". */
  readonly saying: (name: string) => string
  readonly onChoose: (id: string) => void
}

/** Where a territory may go: a list by name, and a map where regions may be chosen. */
export function PlaceSearch(props: PlaceSearchProps) {
  const { found, sought } = props
  const text = useTranslations('territory')
  if (found.places.length === 0)
    return (
      <p className="mt-3 text-ink-2 text-small">
        {text(sought === '' ? 'admin.moveForm.nowhere' : 'admin.moveForm.none')}
      </p>
    )
  return (
    <div className="mt-3 flex flex-wrap gap-x-8 gap-y-4">
      <div className="min-w-0 max-w-160 flex-1 basis-80">
        <Places {...props} />
        {found.more > 0 && (
          <p className="mt-2 text-caption text-ink-2">{text('admin.moveForm.more', { count: found.more })}</p>
        )}
      </div>
      {found.onMap.length > 1 && <RegionChoice {...props} />}
    </div>
  )
}

function Places({ found, chosenId, saying, onChoose }: PlaceSearchProps) {
  const text = useTranslations('territory')
  const levelName = useLevelName()
  return (
    <ul className="grid gap-1 sm:grid-cols-2">
      {found.places.map((place) => (
        <li key={place.id}>
          <button
            type="button"
            aria-label={saying(place.name)}
            aria-pressed={place.id === chosenId}
            onClick={() => onChoose(place.id)}
            className="flex min-h-11 w-full items-center gap-2.5 rounded-md bg-surface px-3 py-1.5 text-left inset-ring inset-ring-line-2 transition-colors hover:bg-canvas aria-pressed:inset-ring-2 aria-pressed:inset-ring-ink"
          >
            <LevelMark rank={place.rank} size={16} label={levelName(place.rank)} />
            <span className="min-w-0 flex-1">
              <span className="block truncate font-medium text-small">{place.name}</span>
              {place.under !== null && (
                <span className="block truncate text-caption text-ink-2">
                  {text('admin.moveForm.under', { place: place.under })}
                </span>
              )}
            </span>
          </button>
        </li>
      ))}
    </ul>
  )
}

/** The same choice on the map of regions. */
function RegionChoice({ found, chosenId, saying, onChoose }: PlaceSearchProps) {
  const text = useTranslations('territory')
  const byCode = new Map(found.onMap.map((place) => [place.code, place]))
  const values: Record<string, RegionValue> = Object.fromEntries(
    found.onMap.map(({ code, name }) => [code, { name, text: '', label: saying(name), step: 2 }]),
  )
  const selected = found.onMap.find(({ id }) => id === chosenId)?.code
  return (
    <div className="w-72 max-lg:hidden">
      <FranceMap
        label={text('gesture.map')}
        values={values}
        selected={selected}
        onSelect={(code) => {
          const place = byCode.get(code)
          if (place) onChoose(place.id)
        }}
      />
    </div>
  )
}

/** The name that is looked for. */
export function SearchBox({
  value,
  onChange,
}: {
  readonly value: string
  readonly onChange: (text: string) => void
}) {
  const text = useTranslations('territory')
  return (
    <div className="mt-3 max-w-96">
      <TextInput
        type="search"
        autoFocus
        icon={<Search size={16} />}
        aria-label={text('admin.moveForm.search')}
        placeholder={text('admin.moveForm.search')}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </div>
  )
}
