'use client'
import { CLAUSES_MAX } from '@fieldback/domain/field/condition-shape'
import { Select } from '@fieldback/ui/select'
import { TextLink } from '@fieldback/ui/text-link'
import Plus from 'lucide-react/icons/plus'
import X from 'lucide-react/icons/x'
import { useTranslations } from 'next-intl'
import { type ReactNode, useId } from 'react'
import { Block } from './block.tsx'
import { CheckLine } from './check-line.tsx'
import { ClauseRow } from './clause-row.tsx'
import {
  type DraftClause,
  type DraftCondition,
  type DraftPart,
  EMPTY_CLAUSE,
  EMPTY_CONDITION,
  isDraftGroup,
  isUnfinished,
  sentencesIn,
} from './condition-draft.ts'
import type { BlockInput } from './draft.ts'
import type { Source } from './use-sources.ts'

type ConditionBlockProps = BlockInput & { readonly sources: readonly Source[] }

/** When a question is asked, and when it must be answered, according to other answers. */
export function ConditionBlock({ draft, change, sources }: ConditionBlockProps) {
  const text = useTranslations('fieldCondition')
  const computed = draft.type === 'computed'
  return (
    <Block title={text('title')} hint={text('hint')}>
      <div className="grid gap-4">
        <ConditionInput
          title={text('shownIf')}
          off={text('shownOff')}
          condition={draft.shownIf}
          sources={sources}
          onChange={(shownIf) => change({ shownIf })}
        />
        {!computed && (
          <ConditionInput
            title={text('requiredIf')}
            off={draft.required ? text('requiredAlways') : text('requiredOff')}
            disabled={draft.required}
            condition={draft.requiredIf}
            sources={sources}
            onChange={(requiredIf) => change({ requiredIf })}
          />
        )}
      </div>
    </Block>
  )
}

type ConditionInputProps = {
  readonly title: string
  /** Said while there is none. */
  readonly off: string
  readonly disabled?: boolean
  readonly condition: DraftCondition | null
  readonly sources: readonly Source[]
  readonly onChange: (condition: DraftCondition | null) => void
}

function ConditionInput({ title, off, disabled = false, condition, sources, onChange }: ConditionInputProps) {
  const text = useTranslations('fieldCondition')
  const on = condition !== null && !disabled
  return (
    <fieldset>
      <legend className="sr-only">{title}</legend>
      <CheckLine
        checked={on}
        disabled={disabled}
        onChange={(next) => onChange(next ? EMPTY_CONDITION : null)}
        note={on ? undefined : off}
      >
        {title}
      </CheckLine>
      {on && (
        <div className="mt-1 rounded-md bg-sunken p-3">
          <Sentences
            every={condition.every}
            parts={condition.parts}
            sources={sources}
            full={sentencesIn(condition) >= CLAUSES_MAX}
            nest
            onChange={(next) => onChange(next.parts.length > 0 ? next : null)}
          />
          {isUnfinished(condition) && <p className="mt-2 text-caption text-ink-2">{text('unfinished')}</p>}
        </div>
      )}
    </fieldset>
  )
}

type SentencesProps = {
  readonly every: boolean
  readonly parts: readonly DraftPart[]
  readonly sources: readonly Source[]
  /** No sentence more. */
  readonly full: boolean
  /** Groups may stand among the sentences. */
  readonly nest?: boolean
  /** Of a group: its number, in front of those of its sentences. */
  readonly within?: string
  readonly more?: ReactNode
  readonly onChange: (next: { every: boolean; parts: readonly DraftPart[] }) => void
}

/** Sentences of which all, or one, must be true. */
function Sentences(props: SentencesProps) {
  const { every, parts, sources, full, nest = false, within = '', more, onChange } = props
  const text = useTranslations('fieldCondition')
  const id = useId()
  const set = (next: readonly DraftPart[]) => onChange({ every, parts: next })
  const replace = (at: number, part: DraftPart) => set(parts.map((one, place) => (place === at ? part : one)))
  const remove = (at: number) => set(parts.filter((_, place) => place !== at))
  return (
    <>
      <div className="flex flex-wrap items-center gap-2 text-small">
        <span id={id}>{text('match')}</span>
        <span className="w-72 max-w-full">
          <Select
            aria-labelledby={id}
            options={[
              { value: 'all', label: text('all') },
              { value: 'any', label: text('any') },
            ]}
            value={every ? 'all' : 'any'}
            onChange={(value) => onChange({ every: value === 'all', parts })}
          />
        </span>
        {more}
      </div>
      <ul>
        {parts.map((part, at) => {
          const number = `${within}${at + 1}`
          const rest = { sources, onRemove: () => remove(at) }
          return isDraftGroup(part) ? (
            // biome-ignore lint/suspicious/noArrayIndexKey: a sentence is known by its place alone.
            <li key={at} className="my-2 rounded-md bg-surface p-3">
              <Sentences
                every={part.every}
                parts={part.parts}
                sources={sources}
                full={full}
                within={`${number}.`}
                more={
                  <TextLink onClick={() => remove(at)} icon={<X size={16} />}>
                    {text('removeGroup', { number })}
                  </TextLink>
                }
                onChange={(next) =>
                  next.parts.length > 0
                    ? replace(at, { every: next.every, parts: next.parts.filter(isClause) })
                    : remove(at)
                }
              />
            </li>
          ) : (
            <ClauseRow
              // biome-ignore lint/suspicious/noArrayIndexKey: a sentence is known by its place alone.
              key={at}
              clause={part}
              number={number}
              onChange={(clause) => replace(at, clause)}
              {...rest}
            />
          )
        })}
      </ul>
      {!full && (
        <div className="mt-1 flex flex-wrap gap-4">
          <TextLink onClick={() => set([...parts, EMPTY_CLAUSE])} icon={<Plus size={16} />}>
            {text('add')}
          </TextLink>
          {nest && (
            <TextLink
              onClick={() => set([...parts, { every: !every, parts: [EMPTY_CLAUSE] }])}
              icon={<Plus size={16} />}
            >
              {text('addGroup')}
            </TextLink>
          )}
        </div>
      )}
    </>
  )
}

const isClause = (part: DraftPart): part is DraftClause => !isDraftGroup(part)
