'use client'
import type { Rank } from '@fieldback/domain/territory/rank'
import { LevelMark } from '@fieldback/ui/level-mark'
import { Select } from '@fieldback/ui/select'

export type AnswerPlace = { readonly value: string; readonly label: string }

export type AnswerMapProps = {
  /** Whose answers: the question in its words, and who asks it. */
  readonly title: string
  readonly owner: { readonly name: string; readonly rank: Rank }
  readonly answers: readonly AnswerPlace[]
  readonly places: readonly AnswerPlace[]
  /** Said of an answer that has no place. */
  readonly none: string
  readonly map: Readonly<Record<string, string | null>>
  readonly onChange: (map: Readonly<Record<string, string | null>>) => void
  /** Names the list of one answer. */
  readonly labelOf: (answer: string) => string
}

/** Which answer of one question is which of another, a line each. */
export function AnswerMapTable(props: AnswerMapProps) {
  const { title, owner, answers, places, none, map, onChange, labelOf } = props
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1 flex items-center gap-2 font-medium text-small">
        <LevelMark rank={owner.rank} size={16} />
        <span className="wrap-anywhere">{title}</span>
      </legend>
      <ul className="[&>li+li]:border-line [&>li+li]:border-t">
        {answers.map(({ value, label }) => (
          <li key={value} className="grid items-center gap-x-4 gap-y-1 py-2 sm:grid-cols-2">
            <span className="wrap-anywhere text-small">{label}</span>
            <Select
              aria-label={labelOf(label)}
              value={map[value] ?? ''}
              onChange={(place) => onChange({ ...map, [value]: place === '' ? null : place })}
              options={[...places, { value: '', label: none }]}
            />
          </li>
        ))}
      </ul>
    </fieldset>
  )
}
