import { conceptsOf, linkField } from '@fieldback/db/concept/concept.repo'
import type { ScopedDb } from '@fieldback/db/scoped-db'
import { mapOfPromoted } from '@fieldback/domain/concept/concept'
import type { FieldSpec } from '@fieldback/domain/field/field-spec'
import { answerIds } from '@fieldback/domain/field/merge-map'
import type { AnswerMap } from '@fieldback/domain/field/merges'

/** Of a question that replaces others: which of their answers became which of its own. */
type Replacing = {
  readonly fieldId: string
  readonly spec: FieldSpec
  readonly sources: readonly { readonly from: string; readonly map: AnswerMap | null }[]
}

/** Goes on being counted under the concept that all the questions it replaces share, where their answers agree. */
export async function joinConcept(sdb: ScopedDb, { fieldId, spec, sources }: Replacing): Promise<void> {
  if (spec.type !== 'yes_no' && spec.type !== 'single_choice') return
  const linked = await conceptsOf(
    sdb,
    sources.map(({ from }) => from),
  )
  const [first] = linked.values()
  const whole = sources.every(({ from, map }) => map && linked.get(from)?.conceptId === first?.conceptId)
  if (!first || !whole) return
  const map = mapOfPromoted(
    answerIds(spec),
    sources.map(({ from, map: toNew }) => ({ toNew: toNew ?? {}, toConcept: linked.get(from)?.map ?? {} })),
  )
  await linkField(sdb, { fieldId, conceptId: first.conceptId, map })
}
