'use client'
import type { AnswerValue } from '@fieldback/domain/field/answer'
import type { Giveback } from '@fieldback/domain/field/field-spec'
import type { EffectiveField } from '@fieldback/domain/field/resolve'
import { fieldTypeTexts } from '@fieldback/i18n/phone-field-types'
import { Question, type QuestionWhy } from '@fieldback/ui/question'
import { Suspense } from 'react'
import { later } from '../later.tsx'
import { MissingPartBoundary } from '../missing-part.tsx'
import { useLabel, useLevelName, usePhone, usePhoneState } from '../phone.tsx'
import { AnswerInput } from './answer-input.tsx'
import { useTypeTexts } from './types/type-texts.ts'
import { useWhen } from './use-when.ts'

const ContestPanel = later(() => import('../contest/contest-panel.tsx'))
// With the form, so that a question is contested without network too.
void ContestPanel.fetch()

export type FieldQuestionProps = {
  readonly field: EffectiveField
  readonly value: AnswerValue | undefined
  readonly onChange: (value: AnswerValue | undefined) => void
  readonly day?: string | undefined
  readonly asLast?: boolean
  readonly as?: 'li' | 'div'
}

/** A field asked on the phone, with the mark of who asks; the mark says why and what it gives back. */
export function FieldQuestion(props: FieldQuestionProps) {
  const { field, value, onChange, day, asLast = false, as = 'li' } = props
  const text = useTypeTexts()
  const label = useLabel()
  const levelName = useLevelName()
  const why = useWhy(field)
  const id = `q-${field.id}`
  const help = field.spec.help && label(field.spec.help)
  return (
    <Question
      as={as}
      id={id}
      rank={field.owner.rank}
      title={label(field.spec.label)}
      markLabel={text('why.open', { level: levelName(field.owner.rank) })}
      why={why}
      hint={asLast ? text('asLastHint') : help}
    >
      <AnswerInput
        field={field}
        value={value}
        onChange={onChange}
        day={day}
        asLast={asLast}
        labelledBy={`${id}-title`}
      />
    </Question>
  )
}

/** Fewer answers than this say nothing of how long a question takes. */
const TIMED_ANSWERS = 3

/** Of what a later release gives back, this phone says nothing. */
const isKnown = ({ kind }: Giveback): boolean => kind in fieldTypeTexts.written.fr.gives

/** Who asks, why, what it gives back, and what it has cost this person. */
function useWhy(field: EffectiveField): QuestionWhy {
  const { formats } = usePhone()
  const { pack } = usePhoneState()
  const when = useWhen(field)
  const text = useTypeTexts()
  const label = useLabel()
  const gives = field.spec.givebacks.filter(isKnown).map((giveback) => {
    if (giveback.kind === 'segment') return text('gives.segment', { label: label(giveback.label) })
    if (giveback.kind === 'reminder')
      return text('gives.reminder', { label: label(giveback.label), days: giveback.daysBefore })
    return text(`gives.${giveback.kind}`)
  })
  const spent = pack.ledger.filter((row) => row.fieldId === field.id)
  const answers = spent.reduce((sum, row) => sum + row.answers, 0)
  const seconds = spent.reduce((sum, row) => sum + row.seconds, 0)
  const cost =
    answers >= TIMED_ANSWERS
      ? [
          {
            term: text('why.cost'),
            text: text('why.seconds', { time: formats.duration(Math.round(seconds / answers)) }),
          },
        ]
      : []
  return {
    asker: text('why.asker', { name: field.owner.name }),
    answers: [
      { term: text('why.reason'), text: label(field.spec.why) },
      ...when,
      { term: text('why.gives'), text: gives.join(' ') },
      ...cost,
    ],
    more: (
      <MissingPartBoundary>
        <Suspense fallback={null}>
          <ContestPanel field={field} />
        </Suspense>
      </MissingPartBoundary>
    ),
  }
}
