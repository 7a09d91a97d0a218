'use client'
import { movedTo } from '@fieldback/domain/agenda/round'
import type { AccountRow } from '@fieldback/domain/sync/pull'
import { Button } from '@fieldback/ui/button'
import { Card } from '@fieldback/ui/card'
import { Empty } from '@fieldback/ui/empty'
import { SectionHead } from '@fieldback/ui/section-head'
import { useToast } from '@fieldback/ui/toast'
import Route from 'lucide-react/icons/route'
import { useState } from 'react'
import { todayHere, usePhoneState } from '../phone.tsx'
import { InnerFrame } from '../phone-frame.tsx'
import { RoundPicker } from './round-picker.tsx'
import { RoundStop } from './round-stop.tsx'
import { RoundSuggestion } from './round-suggestion.tsx'
import { useDrag } from './use-drag.ts'
import { useRound } from './use-round.ts'
import { useRoundTexts } from './use-round-texts.ts'

/** The reader's own day, in his own order. */
export default function RoundScreen() {
  const text = useRoundTexts()
  const toast = useToast()
  const { rows } = usePhoneState()
  const { ids, change } = useRound()
  const [said, setSaid] = useState('')
  const today = todayHere()
  const stops = ids.flatMap((id) => rows.accounts.get(id) ?? [])
  const move = (from: number, to: number) => {
    const name = stops[from]?.name
    if (name === undefined || to < 0 || to >= stops.length) return
    change(movedTo(ids, from, to))
    setSaid(text('moved', { name, place: to + 1, count: stops.length }))
  }
  const handleOf = useDrag(move)
  const clear = () => {
    change([])
    toast({ text: text('cleared'), undo: { label: text('undo'), onUndo: () => change(ids) } })
  }
  return (
    <InnerFrame title={text('title')} sub={text('lede')}>
      {stops.length === 0 ? (
        <Card>
          <Empty icon={<Route size={28} />} title={text('none')} text={text('noneText')} />
        </Card>
      ) : (
        <section aria-labelledby="stops">
          <SectionHead
            id="stops"
            aside={
              <Button variant="ghost" onClick={clear}>
                {text('clear')}
              </Button>
            }
          >
            {text('stops', { count: stops.length, done: stops.filter(isSeenOn(today)).length })}
          </SectionHead>
          <ol className="hairlines overflow-clip rounded-card bg-surface shadow-1 [--inset:20px]">
            {stops.map((account, at) => (
              <RoundStop
                key={account.id}
                account={account}
                place={at + 1}
                count={stops.length}
                done={isSeenOn(today)(account)}
                handle={handleOf(at)}
                onMove={(to) => move(at, to)}
                onRemove={() => change(ids.filter((id) => id !== account.id))}
              />
            ))}
          </ol>
          <p aria-live="polite" className="sr-only">
            {said}
          </p>
        </section>
      )}
      {stops.length > 1 && <RoundSuggestion stops={stops} today={today} onTake={change} ids={ids} />}
      <RoundPicker ids={ids} today={today} onAdd={(id) => change([...ids, id])} />
    </InnerFrame>
  )
}

/** Ticked by the report of the day. */
const isSeenOn =
  (today: string) =>
  ({ lastVisitDay }: AccountRow): boolean =>
    lastVisitDay === today
