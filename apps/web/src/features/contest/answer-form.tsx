'use client'
import type { WaitingContest } from '@fieldback/api/contest/list'
import { CONTEST_ANSWERS, CONTEST_WORD_MAX, type ContestAnswerKind } from '@fieldback/domain/contest/contest'
import { Button } from '@fieldback/ui/button'
import { Field } from '@fieldback/ui/field'
import { Segmented } from '@fieldback/ui/segmented'
import { TextArea } from '@fieldback/ui/text-area'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useLabel } from '../../client/use-label.ts'
import { useAnswer } from './use-answer.ts'

const SEND = { keep: 'send', change: 'sendChange', retire: 'sendRetire' } as const

/** One answer to all who contest a question: it stays, and why; it will change; it is no longer asked. */
export function AnswerForm({ contest }: { contest: WaitingContest }) {
  const text = useTranslations('contestDesk')
  const label = useLabel()
  const [open, setOpen] = useState(false)
  const [kind, setKind] = useState<ContestAnswerKind>(contest.retired ? 'retire' : 'keep')
  const [reason, setReason] = useState('')
  const [missing, setMissing] = useState(false)
  const answer = useAnswer(contest)
  if (!open)
    return (
      <div>
        <Button aria-label={text('answerTo', { label: label(contest.label) })} onClick={() => setOpen(true)}>
          {text('answer')}
        </Button>
      </div>
    )
  const send = (): void => {
    if (kind === 'keep' && reason.trim() === '') setMissing(true)
    else answer.send(kind, reason)
  }
  // What is asked no more has nothing to keep or to change.
  const kinds = contest.retired ? (['retire'] as const) : CONTEST_ANSWERS
  return (
    <div className="grid max-w-xl gap-3">
      <Segmented<ContestAnswerKind>
        label={text('kind.label')}
        options={kinds.map((value) => ({ value, label: text(`kind.${value}`) }))}
        value={kind}
        onChange={setKind}
      />
      <Field
        label={text(kind === 'keep' ? 'why' : 'word')}
        hint={text('whyHelp')}
        error={missing && kind === 'keep' && reason.trim() === '' ? text('whyMissing') : undefined}
      >
        {(control) => (
          <TextArea
            {...control}
            dir="auto"
            maxLength={CONTEST_WORD_MAX}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        )}
      </Field>
      <div className="flex flex-wrap gap-2">
        <Button variant="primary" disabled={answer.busy} onClick={send}>
          {text(SEND[kind])}
        </Button>
        <Button variant="ghost" onClick={() => setOpen(false)}>
          {text('cancel')}
        </Button>
      </div>
    </div>
  )
}
