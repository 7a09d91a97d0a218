import { type FiledAlike, formsAsking, versionsOf } from '@fieldback/db/analytics/count-pairs.repo'
import { conversionsOf } from '@fieldback/db/field/conversion.repo'
import type { OrgSql } from '@fieldback/db/org-sql'
import type { BucketedAnswer, ReportFact } from '@fieldback/domain/analytics/fact'
import { bucketsOfReport } from '@fieldback/domain/analytics/fold'
import { type Counting, reportFact } from '@fieldback/domain/analytics/report-fact'
import { idsBehind } from '@fieldback/domain/field/conversion'
import { definitionsAt } from '@fieldback/domain/field/definition-at'
import type { FieldSetMembers } from '@fieldback/domain/field/field-set'
import { sourcesOf } from '@fieldback/domain/field/merges'

/** What counting the answers to some questions needs: their versions, and those whose answers are read as theirs. */
export type Known = {
  /** All that a document may say to them. */
  readonly ids: readonly string[]
  readonly counting: Counting
  readonly forms: ReadonlyMap<string, FieldSetMembers>
}

export async function knowledgeOf(tx: OrgSql, orgId: string, named: readonly string[]): Promise<Known> {
  const conversions = await conversionsOf(tx, orgId)
  const made = conversions.filter(({ fieldId }) => named.includes(fieldId))
  const behind = made.flatMap((one) =>
    idsBehind(
      one,
      conversions.filter((other) => other !== one),
    ),
  )
  const own = await versionsOf(tx, orgId, [...new Set([...named, ...behind])])
  const sources = own.flatMap(({ merges }) => (merges ? sourcesOf(merges.links) : []))
  const ids = [...new Set([...named, ...behind, ...sources])]
  const [versions, forms] = await Promise.all([versionsOf(tx, orgId, ids), formsAsking(tx, orgId, ids)])
  return { ids, counting: { definitionOf: definitionsAt(versions), conversions }, forms }
}

/** Buckets of reports that say the same are made once: the same array for each. */
export function bucketsBy(known: Known): (filed: FiledAlike) => readonly BucketedAnswer[] {
  const made = new Map<string, readonly BucketedAnswer[]>()
  return (filed) => {
    const key = `${filed.form} ${filed.kind} ${JSON.stringify(filed.values)}`
    const buckets = made.get(key)
    if (buckets) return buckets
    const fact = factOf(filed, known)
    const fresh = fact ? bucketsOfReport(fact) : []
    made.set(key, fresh)
    return fresh
  }
}

/** What reports that say the same count for, as a push would have told it. */
export function factOf({ form, n, ...filed }: FiledAlike, { counting, forms }: Known): ReportFact | null {
  const state = { ...filed, member: '', status: 'accepted' as const, form: (form && forms.get(form)) || [] }
  const fact = reportFact(1, state, counting)
  return fact && { ...fact, sign: n }
}
