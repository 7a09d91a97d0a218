import { branchesWith, type Scope } from '../access/scope.ts'
import type { Day } from '../agenda/day.ts'
import { type BucketLabel, bucketLabelParts } from '../analytics/bucket.ts'
import { GROUP_MIN } from '../analytics/group-size.ts'
import type { FieldDefinition, FieldEntity, Localised } from '../field/field-spec.ts'
import type { AnswerMap } from '../field/merges.ts'
import { isWithin, type Path } from '../territory/path.ts'
import type { Rank } from '../territory/rank.ts'
import type { Insight } from './insight.ts'
import { rhythmRange } from './rhythm.ts'

/** An account that an insight names, which its reader may read. */
export type NamedAccount = {
  readonly id: string
  readonly name: string
  readonly city: string | null
  readonly lastVisitDay: Day | null
  /** Won. */
  readonly client: boolean
}

/** An insight as its reader gets it. */
export type ToldInsight = Omit<Insight, 'accounts' | 'effect' | 'usefulness' | 'territoryId' | 'varied'> & {
  readonly place: { readonly id: string; readonly name: string; readonly rank: Rank }
  /** Of a concept: its label, with the id of a question of the reader's that is counted under it, and of how many it is `together`. */
  readonly question: {
    readonly id: string
    readonly label: Localised
    readonly entity?: FieldEntity
    readonly together?: number
  } | null
  /** What is set against the others; null where no answer is in it. */
  readonly answer: BucketLabel | null
  /** People behind it. */
  readonly people: number
  readonly accounts: readonly NamedAccount[]
  /** What the reader said of it. */
  readonly useful: boolean | null
  /** Instant. */
  readonly checkedAt: string
}

/**
 * Whether an insight of a territory may be told to a reader: in his own branches, always; of a territory above, where he has
 * no right to the records, when five people or more are behind it and no account need be named.
 */
export function mayBeTold(
  scope: Scope,
  { kind, people, path }: Pick<Insight, 'kind'> & { readonly people: number; readonly path: Path },
): boolean {
  const own = branchesWith(scope, 'giveback.read')
  if (own.some((branch) => isWithin(branch, path))) return true
  return kind !== 'cold' && people >= GROUP_MIN && own.some((branch) => isWithin(path, branch))
}

/**
 * The question through which a reader is told of a concept, the first that he reads with the answer of it that is counted so:
 * who is asked none of them is told nothing. `bucket` null: no answer of that question alone.
 */
export function throughOwn(
  scope: Scope,
  links: readonly {
    readonly definition: Pick<FieldDefinition, 'id' | 'retired'>
    readonly map: AnswerMap
    readonly owner: { readonly path: Path }
  }[],
  bucket: string | null,
): { readonly fieldId: string; readonly bucket: string | null } | null {
  const own = branchesWith(scope, 'giveback.read')
  const near = links.find(
    ({ definition, owner: { path } }) =>
      !definition.retired && own.some((branch) => isWithin(branch, path) || isWithin(path, branch)),
  )
  if (!near) return null
  const said = Object.keys(near.map).find((id) => bucket !== null && near.map[id] === bucket)
  return { fieldId: near.definition.id, bucket: said ?? null }
}

/** What is set against the others, in words to come. */
export function answerOf(
  { factor, bucket }: Pick<Insight, 'factor' | 'bucket'>,
  field: Pick<FieldDefinition, 'spec'> | undefined,
): BucketLabel | null {
  if (bucket === null) return null
  if (factor.kind === 'delay' || factor.kind === 'frequency')
    return { kind: 'range', ...rhythmRange(factor.kind, bucket), whole: true, unit: null }
  return field ? bucketLabelParts(field.spec, bucket) : { kind: 'other', bucket }
}
