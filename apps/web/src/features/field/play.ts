'use client'
import type { AnswerValue } from '@fieldback/domain/field/answer'
import { conditionsOf } from '@fieldback/domain/field/condition'
import { clausesOf } from '@fieldback/domain/field/condition-shape'
import type { FieldSpec } from '@fieldback/domain/field/field-spec'
import type { FormFacts, FormField } from '@fieldback/domain/field/form-state'
import { isNumber } from '@fieldback/domain/field/plan-publish'
import { referencesOf } from '@fieldback/domain/field/plan-references'
import { useState } from 'react'

/** Answers tried in the preview, by question. */
type Tried = Readonly<Record<string, AnswerValue | undefined>>

export type Play = {
  readonly answers: Tried
  readonly facts: FormFacts
  /** The visitor's day, YYYY-MM-DD: the report would be of it. */
  readonly day: string
  readonly answer: (fieldId: string, value: AnswerValue | undefined) => void
  readonly say: (facts: FormFacts) => void
}

const dayOf = (now: Date): string =>
  `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, '0')}-${String(now.getDate()).padStart(2, '0')}`

/** What one tries while a question is written; forgotten with the page. */
export function usePlay(): Play {
  const [answers, setAnswers] = useState<Tried>({})
  const [facts, setFacts] = useState<FormFacts>({ kind: 'client', reportKind: 'visit', contactMet: true })
  const [day] = useState(() => dayOf(new Date()))
  return {
    answers,
    facts,
    day,
    answer: (fieldId, value) => setAnswers((known) => ({ ...known, [fieldId]: value })),
    say: (said) => setFacts((known) => ({ ...known, ...said })),
  }
}

/** An answer to try a calculation with, where none was tried yet; of numbers, one that its question allows. */
function sampleAnswer(spec: FieldSpec, day: string): AnswerValue | undefined {
  if (isNumber(spec)) return Math.min(Math.max(10, spec.min ?? 10), spec.max ?? Number.POSITIVE_INFINITY)
  if (spec.type === 'yes_no') return true
  return spec.type === 'date' ? day : undefined
}

type Written = { readonly spec: FieldSpec; readonly fields: readonly FormField[] }

/** The questions that one hangs on, and those that these hang on in turn. */
export function hangsOn({ spec, fields }: Written): ReadonlySet<string> {
  const known = new Map(fields.map((field) => [field.id, field.spec]))
  const met = new Set<string>()
  const waiting = referencesOf(spec)
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    const on = met.has(id) ? undefined : known.get(id)
    met.add(id)
    if (on) waiting.push(...referencesOf(on))
  }
  return met
}

/** Tried answers, with one of each kind for the questions that a calculation hangs on. */
export function triedWith({ answers, day }: Play, written: Written): Tried {
  if (written.spec.type !== 'computed') return answers
  const named = hangsOn(written)
  const samples = written.fields
    .filter(({ id }) => named.has(id))
    .map((field) => [field.id, sampleAnswer(field.spec, day)] as const)
  return { ...Object.fromEntries(samples), ...answers }
}

/** What a form needs of the lists that it asks of: all where one tries answers that a condition names. */
export const itemsFor = (spec: FieldSpec): 'all' | 'few' => (hangs(spec) ? 'all' : 'few')

/** Whether a question hangs on others, so that there is something to play with. */
export const hangs = (spec: FieldSpec): boolean => spec.type === 'computed' || conditionsOf(spec).length > 0

/** The facts that its conditions read. */
export const factsOf = (spec: FieldSpec) =>
  new Set(
    conditionsOf(spec)
      .flatMap(clausesOf)
      .flatMap(({ fact }) => fact ?? []),
  )
