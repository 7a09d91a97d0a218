import type { AnswerValue } from '@fieldback/domain/field/answer'
import type { FieldDefinition } from '@fieldback/domain/field/field-spec'

export type AnswerInputProps = {
  readonly field: FieldDefinition
  /** undefined: not answered. */
  readonly value: AnswerValue | undefined
  /** undefined takes the answer back. */
  readonly onChange: (value: AnswerValue | undefined) => void
  /** Of the visit, where it is not today: days are bounded by it. */
  readonly day?: string | undefined
  /** Proposed from the last time and not touched yet. */
  readonly asLast?: boolean
  /** Id of the visible question. */
  readonly labelledBy: string
}
