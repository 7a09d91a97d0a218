'use client'
import { reaches } from '@fieldback/domain/field/condition'
import { formulaFault } from '@fieldback/domain/field/formula'
import { formulaNames, parseWritten, shownFormula } from '@fieldback/domain/field/formula-words'
import { formulaType } from '@fieldback/domain/field/plan-references'
import { useLocale } from 'next-intl'
import { useLabel } from '../../client/use-label.ts'
import type { Draft } from './draft.ts'
import { useFormulaFaultWords } from './use-formula-fault-words.ts'
import type { Sources } from './use-sources.ts'

/** The questions that a formula may name, and the name of each. */
export function useFormulaNames({ fields }: Sources) {
  const label = useLabel()
  const usable = fields.filter(
    (field) => formulaType(field.spec.type) !== null && reaches('report', field.entity),
  )
  return { usable, names: formulaNames(usable.map(({ id, spec }) => ({ id, label: label(spec.label) }))) }
}

export const useFormulaLanguage = (): 'fr' | 'en' => (useLocale() === 'en' ? 'en' : 'fr')

/** What is wrong with a formula as it is written, in a sentence that names a character of that text. */
export function useWrittenFault(written: string, sources: Sources): string | undefined {
  const words = useFormulaFaultWords()
  const { usable, names } = useFormulaNames(sources)
  const parsed = parseWritten(written, names)
  const fault = parsed.ok
    ? formulaFault(parsed.root, (id) => {
        const field = usable.find((one) => one.id === id)
        return field ? formulaType(field.spec.type) : null
      })
    : parsed.fault
  return fault ? words({ ...fault, at: fault.at + 1 }) : undefined
}

/** The same of a draft; nothing of a question that is not computed. */
export function useFormulaFault(draft: Draft, sources: Sources): string | undefined {
  const { names } = useFormulaNames(sources)
  const fault = useWrittenFault(shownFormula(draft.formula, names, useFormulaLanguage()), sources)
  return draft.type === 'computed' ? fault : undefined
}
