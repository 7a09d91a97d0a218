'use client'
import type { PlaceFigure } from '@fieldback/api/analytics/figure'
import { CASES_MIN, GROUP_MIN } from '@fieldback/domain/analytics/group-size'
import type { PlaceRow } from './place-rows.ts'
import { useFormats, useText } from './use-figures.ts'

type Noted = Pick<PlaceFigure, 'place' | 'n' | 'hidden'>

/** What is counted: its word in the notes. */
export type Counted = 'reports' | 'answers'

/** So many territories without anything are named; the others are counted. */
const EMPTY_NAMED = 12

/** Names what is hidden and says how much it takes, and what has nothing to show. */
export function GroupNotes({ rows, of }: { rows: readonly Noted[]; of: Counted }) {
  const text = useText()
  const formats = useFormats()
  const hidden = (reason: 'people' | 'cases') =>
    rows.flatMap(({ place, hidden: why }) =>
      why?.reason === reason ? [text('hidden.one', { place: place.name, have: why.have })] : [],
    )
  const [people, cases] = [hidden('people'), hidden('cases')]
  const beside = rows.flatMap(({ place, hidden: why }) => (why?.reason === 'beside' ? [place.name] : []))
  // How many there are may be what is hidden.
  const empty = rows.filter(({ n, hidden: why }) => n === 0 && !why).map(({ place }) => place.name)
  const notes = [
    people.length > 0 && text('hidden.people', { need: GROUP_MIN, list: formats.list(people) }),
    beside.length > 0 && text('hidden.beside', { count: beside.length, list: formats.list(beside) }),
    cases.length > 0 && text('hidden.cases', { need: CASES_MIN, list: formats.list(cases), of }),
    empty.length > 0 &&
      text('hidden.empty', {
        count: empty.length,
        list: formats.list(
          empty.length > EMPTY_NAMED
            ? [...empty.slice(0, EMPTY_NAMED), text('hidden.more', { count: empty.length - EMPTY_NAMED })]
            : empty,
        ),
        of,
      }),
  ].filter((note) => note !== false)
  if (notes.length === 0) return null
  return (
    <div className="mt-3 grid gap-1 text-caption text-ink-2">
      {notes.map((note) => (
        <p key={note}>{note}</p>
      ))}
    </div>
  )
}

/** The same of the explorer's rows: with a reading that says more than a share, cases decide as they do for shares. */
export function PlaceNotes({ rows, stock }: { rows: readonly PlaceRow[]; stock: boolean }) {
  return (
    <GroupNotes
      rows={rows.map(({ place, now: { n, hidden } }) => ({ place, n, hidden }))}
      of={stock ? 'answers' : 'reports'}
    />
  )
}
