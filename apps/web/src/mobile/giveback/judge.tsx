'use client'
import type { Opinions } from '@fieldback/domain/giveback/opinion'
import { opinionTexts } from '@fieldback/i18n/phone-opinion'
import { useToast } from '@fieldback/ui/toast'
import ThumbsDown from 'lucide-react/icons/thumbs-down'
import ThumbsUp from 'lucide-react/icons/thumbs-up'
import { type ReactNode, useMemo } from 'react'
import { newId } from '../data/new-id.ts'
import type { NewOperation } from '../data/outbox.ts'
import { usePhone, usePhoneState } from '../phone.tsx'
import { hookOf } from '../use-texts.ts'
import { ownOpinions } from './own-opinions.ts'
import type { Reached } from './record.ts'

const useOpinionTexts = hookOf(opinionTexts)

export function useOpinions(): Opinions {
  const { opinions, outbox, pulledAt } = usePhoneState()
  return useMemo(() => ownOpinions({ opinions, outbox, pulledAt }), [opinions, outbox, pulledAt])
}

/** Whether a kind of return of a question is of use: what comes back next is chosen by it. */
export function JudgeReturn({ fieldId, kind }: Pick<Reached, 'fieldId' | 'kind'>) {
  const { returns } = useOpinions()
  const said = returns.find((one) => one.fieldId === fieldId && one.kind === kind)
  return (
    <Judge
      useful={said?.useful ?? null}
      operation={(useful) => ({
        kind: 'giveback.judge',
        entityId: newId(),
        base: 0,
        body: { fieldId, kind, useful },
      })}
      then="later"
    />
  )
}

/** The same of an insight: one of no use is not shown again. */
export function JudgeInsight({ insightKey: key, onJudge }: { insightKey: string; onJudge: () => void }) {
  const said = useOpinions().insights.find((one) => one.key === key)
  return (
    <Judge
      useful={said?.useful ?? null}
      operation={(useful) => ({ kind: 'insight.judge', entityId: newId(), base: 0, body: { key, useful } })}
      onJudge={onJudge}
      then="hidden"
    />
  )
}

type JudgeProps = {
  useful: boolean | null
  operation: (useful: boolean | null) => NewOperation
  onJudge?: () => void
  /** What "not useful" leads to. */
  then: 'later' | 'hidden'
}

function Judge({ useful, operation, onJudge, then }: JudgeProps) {
  const { store, texts } = usePhone()
  const text = useOpinionTexts()
  const toast = useToast()
  const judge = (said: boolean): void => {
    onJudge?.()
    // A second tap takes it back.
    store
      .save([operation(useful === said ? null : said)])
      .catch(() => toast({ text: texts('sync')('notKept'), failed: true }))
  }
  return (
    <div className="-ml-2">
      <fieldset className="flex flex-wrap">
        <legend className="sr-only">{text('label')}</legend>
        <Thumb pressed={useful === true} icon={<ThumbsUp size={16} />} onClick={() => judge(true)}>
          {text('useful')}
        </Thumb>
        <Thumb pressed={useful === false} icon={<ThumbsDown size={16} />} onClick={() => judge(false)}>
          {text('useless')}
        </Thumb>
      </fieldset>
      <p aria-live="polite" className="ml-2 text-caption text-ink-2 empty:hidden">
        {useful === true && then === 'later' && text('sooner')}
        {useful === false && text(then)}
      </p>
    </div>
  )
}

type ThumbProps = { pressed: boolean; icon: ReactNode; onClick: () => void; children: ReactNode }

function Thumb({ pressed, icon, onClick, children }: ThumbProps) {
  return (
    <button
      type="button"
      aria-pressed={pressed}
      onClick={onClick}
      className={`inline-flex min-h-11 items-center gap-1.5 rounded-md px-2 text-caption ${pressed ? 'font-medium text-ink [&_svg]:fill-current' : 'text-ink-2'}`}
    >
      {icon}
      {children}
    </button>
  )
}
