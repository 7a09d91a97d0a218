import type { FieldDefinition } from '../field/field-spec.ts'
import type { Outcome } from '../report/report.ts'
import type { BucketedAnswer } from './fact.ts'
import { isDenominator } from './pair.ts'
import type { Month } from './period.ts'
import { fieldsNamed } from './question.ts'
import { answeredId, measuredId, type PickedCell } from './select-cells.ts'
import { mergeSums, seriesOf } from './series.ts'
import type { Counted } from './way.ts'

/** Reports that count alike: where, when, and all the buckets they are counted in. */
export type CountedReports = {
  /** Those asked about that they count in. */
  readonly territoryIds: readonly string[]
  readonly month: Month | null
  readonly outcome: Outcome
  readonly n: number
  readonly buckets: readonly BucketedAnswer[]
}

type Series = ReadonlyMap<string, Pick<FieldDefinition, 'id' | 'merges'>>
type Given = { readonly bucket: string; readonly sum: number }

/** The cells of a question, counted from reports one by one: what cells counted in advance would say. `outcome`: whose number is `k`; null: none. */
export function pickReports(
  of: Counted,
  reports: readonly CountedReports[],
  { fields, outcome }: { readonly fields: Series; readonly outcome: Outcome | null },
): PickedCell[] {
  const [measured, by] = [measuredId(of), answeredId(of)]
  const cells = new Map<string, PickedCell>()
  for (const report of reports) {
    if (of.outcomes.length > 0 && !of.outcomes.includes(report.outcome)) continue
    const given = new Map(
      fieldsNamed(of).map((id) => [id, givenTo(fields.get(id) ?? { id }, report.buckets)]),
    )
    const kept = (id: string): readonly Given[] => {
      const filter = of.filters.find(({ fieldId }) => fieldId === id)
      const all = given.get(id) ?? []
      return filter ? all.filter(({ bucket }) => filter.buckets.includes(bucket)) : all
    }
    if (!of.filters.every(({ fieldId }) => kept(fieldId).length > 0)) continue
    for (const territoryId of report.territoryIds)
      for (const { answer, bucket, sum } of spotsOf({ of, measured, by, kept })) {
        const { month, n } = report
        const key = [territoryId, month, answer, bucket].join('\u0000')
        const cell = cells.get(key) ?? { territoryId, month, answer, bucket, n: 0, k: 0, sum: 0 }
        cells.set(key, {
          ...cell,
          n: cell.n + n,
          k: cell.k + (report.outcome === outcome ? n : 0),
          sum: cell.sum + n * sum,
        })
      }
  }
  return [...cells.values()]
}

/** What one report says to a question and to those read as its own: each of its buckets, denominators too. */
const givenTo = (
  field: Pick<FieldDefinition, 'id' | 'merges'>,
  buckets: readonly BucketedAnswer[],
): Given[] => {
  const ids = seriesOf(field)
  const cells = buckets.flatMap(([fieldId, bucket, value]) =>
    ids.includes(fieldId) ? [{ fieldId, bucket, n: 1, won: 0, sum: value ?? 0 }] : [],
  )
  return mergeSums(field, cells).filter(({ n }) => n > 0)
}

type Spots = {
  readonly of: Counted
  readonly measured: string | null
  readonly by: string | null
  readonly kept: (id: string) => readonly Given[]
}

type Spot = { readonly answer: string | null; readonly bucket: string | null; readonly sum: number }

function spotsOf({ of, measured, by, kept }: Spots): Spot[] {
  const own = measured === null ? [{ bucket: null, sum: 0 }] : kept(measured)
  const narrowed = of.filters.some(({ fieldId }) => fieldId === measured)
  // Narrowed by several of its own answers, a report that gave two of them is one report.
  const counted = narrowed && by !== measured ? own.slice(0, 1) : own
  if (by === null) return counted.map((one) => ({ ...one, answer: null }))
  if (by === measured)
    return counted.map((one) => ({
      ...one,
      answer: one.bucket !== null && !isDenominator(one.bucket) ? one.bucket : null,
    }))
  const answers = kept(by).filter(({ bucket }) => !isDenominator(bucket))
  return counted.flatMap((one) => answers.map(({ bucket }) => ({ ...one, answer: bucket })))
}
