'use client'
import { dayNumber } from '@fieldback/domain/agenda/day'
import type { ContestAnswerRow } from '@fieldback/domain/sync/pull'
import { todayHere } from '../phone.tsx'
import type { OwnContest } from './own-contests.ts'
import { useContestTexts } from './use-contest-texts.ts'

/** What the owner answered, and why. `version`: in force now, which tells a change that was made from one to come. */
export function AnswerWords({
  answer,
  owner,
  version,
}: {
  answer: ContestAnswerRow
  owner: string
  version: number
}) {
  const text = useContestTexts()
  const done = answer.kind === 'change' && version > answer.fieldVersion
  return (
    <>
      {text(`answer.${done ? 'changed' : answer.kind}`, { owner })}
      {answer.reason && <Quoted words={answer.reason} />}
    </>
  )
}

/** Where a contest of one's own stands, and what others see of it. */
export function StandingWords({ contest, owner }: { contest: OwnContest; owner: string }) {
  const text = useContestTexts()
  const { standing, word, wordShown } = contest
  if (standing === 'aside') return text('aside')
  if (standing === 'phone') return text('onPhone')
  const days = dayNumber(todayHere()) - dayNumber(todayHere(new Date(contest.openedAt)))
  return (
    <>
      {text('waits', { owner, days: Math.max(0, days) })}{' '}
      {text('seen', { word: word === null ? 'none' : wordShown ? 'shown' : 'kept' })}
    </>
  )
}

/** Somebody's words, in whichever direction they are written. */
export function Quoted({ words }: { words: string }) {
  const text = useContestTexts()
  return (
    <span dir="auto" className="wrap-anywhere mt-1 block whitespace-pre-line text-ink-2">
      {text('quoted', { words })}
    </span>
  )
}
