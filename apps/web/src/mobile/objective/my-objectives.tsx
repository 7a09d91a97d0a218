'use client'
import { isLive, progressOf } from '@fieldback/domain/objective/due-objectives'
import type { ToldObjective } from '@fieldback/domain/objective/objective'
import { Button } from '@fieldback/ui/button'
import { Card } from '@fieldback/ui/card'
import { Progress } from '@fieldback/ui/progress'
import { SectionHead } from '@fieldback/ui/section-head'
import { TextLink } from '@fieldback/ui/text-link'
import { useMemo } from 'react'
import { heldRows } from '../data/held-rows.ts'
import { usePhone, usePhoneState } from '../phone.tsx'
import { paths, phoneLink } from '../router.tsx'
import { ownObjectives } from './own-objectives.ts'
import { useObjectiveTexts } from './use-objective-texts.ts'
import { useRefuse } from './use-refuse.ts'

/** What managers ask of the reader's accounts, and how far he is; told to him first. */
export function MyObjectives({ today }: { today: string }) {
  const text = useObjectiveTexts()
  const state = usePhoneState()
  const objectives = ownObjectives(state)
  if (objectives.length === 0) return null
  return (
    <section aria-labelledby="objectives">
      <SectionHead id="objectives">{text('title')}</SectionHead>
      <ul className="grid gap-3">
        {objectives.map((objective) => (
          <li key={objective.id}>
            <Objective objective={objective} today={today} />
          </li>
        ))}
      </ul>
      <p className="mt-3 text-caption text-ink-2">{text('who')}</p>
    </section>
  )
}

function Objective({ objective, today }: { objective: ToldObjective; today: string }) {
  const text = useObjectiveTexts()
  const state = usePhoneState()
  // biome-ignore lint/correctness/useExhaustiveDependencies: rows are new at each change of anything it reads.
  const progress = useMemo(
    () => progressOf(objective, heldRows(state), today),
    [state.rows, objective, today],
  )
  const { seen, due, refused } = progress
  const total = seen + due + refused
  const said = [
    text('progress', { seen, total }),
    ...(refused > 0 ? [text('refused', { count: refused })] : []),
  ]
  return (
    <Card pad as="article">
      <p className="text-ink-2 text-small">
        {text('asked', { by: objective.by })} · <Term objective={objective} today={today} />
      </p>
      <p dir="auto" className="wrap-anywhere mt-1 font-strong">
        {objective.why}
      </p>
      <div className="mt-3">
        <Progress label={objective.why} done={seen} total={total}>
          {said.join(' · ')}
        </Progress>
      </div>
      {isLive(objective, today) && <p className="mt-2 text-small">{text('due', { count: due })}</p>}
      <Refused objective={objective} />
    </Card>
  )
}

/** How often, and until when. */
export function Term({
  objective: { everyWeeks, fromDay, toDay },
  today,
}: {
  objective: ToldObjective
  today: string
}) {
  const text = useObjectiveTexts()
  const { formats } = usePhone()
  const often = everyWeeks === null ? text('once') : text('every', { weeks: everyWeeks })
  const when =
    fromDay > today
      ? text('from', { day: formats.day(fromDay, 'short') })
      : text('until', { day: formats.day(toDay, 'short') })
  return `${often}, ${when}`
}

function Refused({ objective }: { objective: ToldObjective }) {
  const text = useObjectiveTexts()
  const { rows } = usePhoneState()
  const refuse = useRefuse(objective)
  const refused = objective.refused.flatMap((one) => {
    const account = rows.accounts.get(one.accountId)
    return account ? [{ ...one, name: account.name }] : []
  })
  if (refused.length === 0) return null
  return (
    <details className="mt-2">
      <summary className="touch cursor-pointer py-2 text-small">
        {text('list', { count: refused.length })}
      </summary>
      <ul className="grid gap-3 pt-1">
        {refused.map(({ accountId, name, word, by, own }) => (
          <li key={accountId} className="text-small">
            <TextLink href={paths.account(accountId)} renderLink={phoneLink}>
              {name}
            </TextLink>
            <p dir="auto" className="wrap-anywhere text-ink-2">
              {own ? text('notTaken', { word }) : text('notTakenBy', { by, word })}
            </p>
            <Button variant="ghost" className="-ml-2" onClick={() => refuse(accountId, null)}>
              {text('takeBack')}
            </Button>
          </li>
        ))}
      </ul>
    </details>
  )
}
