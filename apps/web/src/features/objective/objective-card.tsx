'use client'
import { Button } from '@fieldback/ui/button'
import { Card } from '@fieldback/ui/card'
import { Progress } from '@fieldback/ui/progress'
import { Tag } from '@fieldback/ui/tag'
import { useToast } from '@fieldback/ui/toast'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useTRPC } from '../../client/trpc.tsx'
import { useErrorSentence } from '../../client/use-error-sentence.ts'
import { useFormats } from '../../client/use-formats.ts'
import { useLabel } from '../../client/use-label.ts'
import type { Objective } from './objective.ts'

/** One objective: why, which accounts, how far, and the words of those who do not take some on. */
export function ObjectiveCard({ objective }: { objective: Objective }) {
  const text = useTranslations('objectiveDesk')
  const formats = useFormats()
  const { why, by, territoryName, everyWeeks, refusals } = objective
  const days = { from: formats.day(objective.fromDay, 'short'), to: formats.day(objective.toDay, 'short') }
  const state = stateOf(objective, formats.dayOf(new Date().toISOString()))
  return (
    <Card pad as="article">
      <p className="flex flex-wrap items-baseline justify-between gap-x-3 text-ink-2 text-small">
        {text('card.by', { by, place: territoryName })}
        {state !== 'live' && <Tag>{text(`card.${state}`)}</Tag>}
      </p>
      <h2 dir="auto" className="wrap-anywhere mt-1 font-strong text-body">
        {why}
      </h2>
      <p className="mt-1 text-small">
        <Segment objective={objective} />
        {' · '}
        {everyWeeks === null ? text('card.once', days) : text('card.every', { ...days, weeks: everyWeeks })}
      </p>
      <div className="mt-3 min-h-11">
        <HowFar objective={objective} />
      </div>
      {refusals.length > 0 && (
        <details className="mt-3">
          <summary className="cursor-pointer text-small">
            {text('card.refusals', { count: refusals.length })}
          </summary>
          <ul className="mt-2 grid gap-2 text-small">
            {refusals.map((refusal) => (
              <li key={refusal.accountId} dir="auto" className="wrap-anywhere">
                <strong className="font-medium">{refusal.accountName}</strong>{' '}
                <span className="text-ink-2">
                  {text('card.word', {
                    word: refusal.word,
                    by: refusal.by,
                    day: formats.day(formats.dayOf(refusal.at), 'short'),
                  })}
                </span>
              </li>
            ))}
          </ul>
        </details>
      )}
      <Ending objective={objective} over={state === 'over'} />
    </Card>
  )
}

function HowFar({ objective: { why, count } }: { objective: Objective }) {
  const text = useTranslations('objectiveDesk')
  const formats = useFormats()
  if (!count) return <p className="text-ink-2 text-small">{text('card.counting')}</p>
  const { meant, seen, refused, at } = count
  const said = [
    text('card.progress', { seen: formats.number(seen), meant: formats.number(meant) }),
    text('card.left', { count: meant - seen - refused }),
    ...(refused > 0 ? [text('card.refused', { count: refused })] : []),
    ...(at === null ? [] : [text('card.countedAt', { time: formats.time(at) })]),
  ]
  return (
    <Progress label={why} done={seen} total={meant}>
      {said.join(' · ')}
    </Progress>
  )
}

const stateOf = (
  { endedAt, fromDay, toDay }: Objective,
  today: string,
): 'live' | 'ended' | 'over' | 'soon' =>
  endedAt !== null ? 'ended' : toDay < today ? 'over' : fromDay > today ? 'soon' : 'live'

function Segment({ objective: { segment, label, answers } }: { objective: Objective }) {
  const text = useTranslations('objectiveDesk')
  const labelOf = useLabel()
  const kind = text('card.segment', { kind: segment.kind ?? 'all' })
  if (!segment.answer || !label) return kind
  const said =
    answers.length > 0
      ? answers.map(labelOf)
      : segment.answer.options.map((option) => text(option === 'true' ? 'form.yes' : 'form.no'))
  return `${kind}, ${text('card.answered', { question: labelOf(label), answers: said.join(', ') })}`
}

function Ending({ objective: { id, endedAt }, over }: { objective: Objective; over: boolean }) {
  const text = useTranslations('objectiveDesk')
  const common = useTranslations('common')
  const sentence = useErrorSentence()
  const toast = useToast()
  const trpc = useTRPC()
  const client = useQueryClient()
  const told = {
    onSuccess: () => client.invalidateQueries(trpc.objective.pathFilter()),
    onError: (error: unknown) => toast({ text: sentence(error), failed: true }),
  }
  const end = useMutation(trpc.objective.end.mutationOptions(told))
  const resume = useMutation(trpc.objective.resume.mutationOptions(told))
  if (over) return null
  const isEnded = endedAt !== null
  const [act, back] = isEnded ? [resume, end] : [end, resume]
  const press = () =>
    act.mutate(
      { objectiveId: id },
      {
        onSuccess: () =>
          toast({
            text: text(isEnded ? 'card.resumedSaid' : 'card.endedSaid'),
            undo: { label: common('cancel'), onUndo: () => back.mutate({ objectiveId: id }) },
          }),
      },
    )
  return (
    <Button className="mt-3" disabled={act.isPending} onClick={press}>
      {text(isEnded ? 'card.resume' : 'card.end')}
    </Button>
  )
}
