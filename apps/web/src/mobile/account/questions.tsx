'use client'
import type { EffectiveField } from '@fieldback/domain/field/resolve'
import { List } from '@fieldback/ui/list'
import { SectionHead } from '@fieldback/ui/section-head'
import { FieldQuestion } from '../field/field-question.tsx'
import type { TypedAnswers } from './answers-patch.ts'
import { useAccountTexts } from './use-account-texts.ts'

type QuestionsProps = {
  readonly fields: readonly EffectiveField[]
  readonly answers: TypedAnswers
  readonly onChange: (answers: TypedAnswers) => void
}

/** What the levels ask of an account or a contact, each with its mark; none has to be answered now. */
export function Questions({ fields, answers, onChange }: QuestionsProps) {
  const text = useAccountTexts()
  if (fields.length === 0) return null
  return (
    <section aria-labelledby="questions">
      <SectionHead id="questions" aside={text('form.questionsAside')}>
        {text('form.questions')}
      </SectionHead>
      <List>
        {fields.map((field) => (
          <FieldQuestion
            key={field.id}
            field={field}
            value={answers[field.id]}
            onChange={(value) => onChange({ ...answers, [field.id]: value })}
          />
        ))}
      </List>
    </section>
  )
}
