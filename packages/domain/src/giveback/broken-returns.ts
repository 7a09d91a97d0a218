import type { FieldDefinition, GivebackKind } from '../field/field-spec.ts'
import { type BranchFacts, checkGiveback, type GivebackFault } from './check-giveback.ts'

/** A return that reaches nobody any more; `place`: which of its question's. */
export type BrokenReturn = {
  readonly place: number
  readonly kind: GivebackKind
  readonly code: GivebackFault
  readonly params: Readonly<Record<string, string | number>>
}

/**
 * The returns of a published question that do not work on what its branch brought. `answers`: those given to it over the
 * last 60 days at least; a report's question that nobody answers gives nothing back, whatever is visited. What was said of
 * an account or a contact stays said, and a computed figure is answered by nobody: these are judged on the visits alone.
 */
export function brokenReturns(
  question: Pick<FieldDefinition, 'entity' | 'spec'>,
  facts: BranchFacts,
  answers: number,
): BrokenReturn[] {
  const { entity, spec } = question
  const silent = entity === 'report' && spec.type !== 'computed' && !facts.basis && answers === 0
  return spec.givebacks.flatMap((giveback, place): BrokenReturn[] => {
    const verdict = checkGiveback(giveback, question, facts)
    const { kind } = giveback
    if (!verdict.working) return [{ place, kind, code: verdict.code, params: verdict.params }]
    return silent ? [{ place, kind, code: 'GIVEBACK_NO_ANSWER', params: {} }] : []
  })
}
