'use client'
import { clausesOf } from '@fieldback/domain/field/condition-shape'
import type { EffectiveField } from '@fieldback/domain/field/resolve'
import { useLabel, usePhone, usePhoneState } from '../phone.tsx'
import { useTypeTexts } from './types/type-texts.ts'

/** Of a question that is only asked under a condition: what it hangs on. */
export function useWhen({ spec }: EffectiveField): { term: string; text: string }[] {
  const { formats } = usePhone()
  const { frame } = usePhoneState()
  const text = useTypeTexts()
  const label = useLabel()
  if (!spec.shownIf) return []
  const named = clausesOf(spec.shownIf).flatMap(({ field, fact }) => {
    if (fact) return text(OF_VISIT.has(fact) ? 'why.visit' : 'why.account')
    const source = frame.fields.find(({ id }) => id === field)
    return source ? label(source.spec.label) : []
  })
  return named.length > 0 ? [{ term: text('why.when'), text: formats.list([...new Set(named)]) }] : []
}

const OF_VISIT: ReadonlySet<string> = new Set(['outcome', 'reportKind', 'contactMet', 'daysSinceVisit'])
