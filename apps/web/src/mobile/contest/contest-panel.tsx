'use client'
import type { EffectiveField } from '@fieldback/domain/field/resolve'
import { Button } from '@fieldback/ui/button'
import { useState } from 'react'
import { usePhone, usePhoneState } from '../phone.tsx'
import { ContestForm } from './contest-form.tsx'
import { AnswerWords, Quoted, StandingWords } from './contest-words.tsx'
import { type OwnContest, ownContests } from './own-contests.ts'
import { useContestTexts } from './use-contest-texts.ts'

/** Under why a question is asked: what others make of it, what oneself does, and what its owner answered. */
export default function ContestPanel({ field }: { field: EffectiveField }) {
  const text = useContestTexts()
  const state = usePhoneState()
  const [writing, setWriting] = useState(false)
  const told = state.contests.fields.find(({ fieldId }) => fieldId === field.id)
  const own = ownContests(state).filter(({ fieldId }) => fieldId === field.id)
  const open = own.find(({ answer }) => answer === null)
  // One's own answer comes before a later one to others.
  const answer = own.find((contest) => contest.answer !== null)?.answer ?? told?.answer
  return (
    <div className="mt-3 grid gap-2 border-line-2 border-t pt-3" aria-live="polite">
      {told && told.open > 0 && <p>{text('others', { count: told.open })}</p>}
      {answer && (
        <div>
          <AnswerWords answer={answer} owner={field.owner.name} version={field.version} />
        </div>
      )}
      {open && <Own contest={open} owner={field.owner.name} />}
      {!open && writing && <ContestForm field={field} onClose={() => setWriting(false)} />}
      {!open && !writing && (
        <div>
          <Button onClick={() => setWriting(true)}>{text('open')}</Button>
        </div>
      )}
    </div>
  )
}

/** A contest of one's own, which may be taken back as long as nobody answered it. */
function Own({ contest, owner }: { contest: OwnContest; owner: string }) {
  const { store, texts } = usePhone()
  const text = useContestTexts()
  const [failed, setFailed] = useState(false)
  const takeBack = (): void => {
    store
      .save([{ kind: 'contest.withdraw', entityId: contest.id, base: 0, body: {} }])
      .catch(() => setFailed(true))
  }
  return (
    <div>
      <p className="font-strong">{text('yours', { reason: contest.reason })}</p>
      {contest.word && <Quoted words={contest.word} />}
      <p className="mt-1 mb-2">
        <StandingWords contest={contest} owner={owner} />
      </p>
      {failed && <p role="alert">{texts('sync')('notKept')}</p>}
      {contest.standing !== 'aside' && <Button onClick={takeBack}>{text('takeBack')}</Button>}
    </div>
  )
}
