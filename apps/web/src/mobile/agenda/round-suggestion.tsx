'use client'
import { nameKey } from '@fieldback/domain/account/normalise'
import { type Suggestion, suggestOrder } from '@fieldback/domain/agenda/round'
import type { AccountRow } from '@fieldback/domain/sync/pull'
import { Button } from '@fieldback/ui/button'
import { Card } from '@fieldback/ui/card'
import { Chip } from '@fieldback/ui/chip'
import { useToast } from '@fieldback/ui/toast'
import LocateFixed from 'lucide-react/icons/locate-fixed'
import Route from 'lucide-react/icons/route'
import { useState } from 'react'
import { distanceBetween, type Point, pointOf } from '../account/distance.ts'
import { useHere } from '../account/use-here.ts'
import { usePhone } from '../phone.tsx'
import { useRoundTexts } from './use-round-texts.ts'

type RoundSuggestionProps = {
  stops: readonly AccountRow[]
  ids: readonly string[]
  today: string
  onTake: (ids: readonly string[]) => void
}

/** A shorter order, shown when asked for with what it saves, and taken on a tap. What is done stays where it is. */
export function RoundSuggestion({ stops, ids, today, onTake }: RoundSuggestionProps) {
  const text = useRoundTexts()
  const toast = useToast()
  const { here, point, ask, forget } = useHere()
  const [asked, setAsked] = useState(false)
  const done = stops.filter(({ lastVisitDay }) => lastVisitDay === today)
  const open = stops.filter(({ lastVisitDay }) => lastVisitDay !== today)
  const start = point ?? lastPoint(done)
  if (open.length < 2) return null
  if (!asked) {
    return (
      <Button icon={<Route size={18} />} onClick={() => setAsked(true)}>
        {text('suggest')}
      </Button>
    )
  }
  const suggestion = suggestOrder(
    open.map((account) => ({
      id: account.id,
      point: pointOf(account),
      town: nameKey(account.city ?? ''),
    })),
    distanceBetween,
    start,
  )
  const take = () => {
    onTake([...done.map(({ id }) => id), ...suggestion.order])
    setAsked(false)
    toast({ text: text('taken'), undo: { label: text('undo'), onUndo: () => onTake(ids) } })
  }
  return (
    <Card pad as="section">
      <div className="mb-3 flex flex-wrap gap-2">
        <Chip pressed={point !== null} onClick={point ? forget : ask} aria-busy={here === 'asking'}>
          {point === null && <LocateFixed size={18} />}
          {text(here === 'asking' ? 'locating' : 'fromHere')}
        </Chip>
      </div>
      {(here === 'refused' || here === 'lost') && (
        <p role="status" className="mb-2 text-ink-2 text-small">
          {text(here)}
        </p>
      )}
      <Said suggestion={suggestion} count={open.length} />
      <span className="mt-3 flex gap-2">
        {isOffered(suggestion, open.length) && (
          <Button variant="primary" onClick={take}>
            {text('take')}
          </Button>
        )}
        <Button variant="ghost" onClick={() => setAsked(false)}>
          {text(isOffered(suggestion, open.length) ? 'keep' : 'close')}
        </Button>
      </span>
    </Card>
  )
}

/** Nothing is offered for less than that. */
const WORTH_METRES = 100

const isOffered = ({ before, after, unplaced }: Suggestion, count: number): boolean =>
  before - after >= WORTH_METRES || unplaced === count

const lastPoint = (done: readonly AccountRow[]): Point | null => {
  const last = done.at(-1)
  return last ? pointOf(last) : null
}

function Said({ suggestion, count }: { suggestion: Suggestion; count: number }) {
  const text = useRoundTexts()
  const { formats } = usePhone()
  const { before, after, unplaced } = suggestion
  if (unplaced === count) return <p role="status">{text('byTown')}</p>
  const told = { before: formats.distance(before), after: formats.distance(after) }
  return (
    <div role="status">
      <p>
        {isOffered(suggestion, count)
          ? text('saves', { ...told, saved: formats.distance(before - after) })
          : text('best', told)}
      </p>
      {unplaced > 0 && (
        <p className="mt-1 text-ink-2 text-small">{text('someByTown', { count: unplaced })}</p>
      )}
    </div>
  )
}
