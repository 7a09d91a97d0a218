import type { FieldDefinition } from '../field/field-spec.ts'
import { type AnswerMap, type FieldLink, liveLinks, sourcesOf } from '../field/merges.ts'
import { UNKNOWN } from './bucket.ts'
import { ANSWERED, ASKED, isOver, isRead, overOf, readOf, underOver, underRead } from './fact.ts'

/** What the roll-ups hold of a bucket of a question, at one place and time. */
export type Cell = {
  readonly fieldId: string
  readonly bucket: string
  readonly n: number
  readonly won: number
  /** Of a number, what its answers add up to. */
  readonly sum?: number
}

type Merged = Pick<FieldDefinition, 'id' | 'merges'>
type Count = { readonly n: number; readonly won: number; readonly sum: number }
type Counts = Map<string, Count>

/** The questions whose roll-ups make up one series. */
export const seriesOf = (field: Merged): string[] => [...new Set([field.id, ...sourcesOf(liveLinks(field))])]

/**
 * One series out of the roll-ups of a question and of those made into it: each bucket under the ids of the question,
 * each document once. Buckets that come to nothing are left out.
 */
export function mergeCells(field: Merged, cells: readonly Cell[]): Omit<Cell, 'fieldId' | 'sum'>[] {
  return mergeSums(field, cells)
    .filter(({ n }) => n > 0)
    .map(({ bucket, n, won }) => ({ bucket, n, won: Math.max(0, won) }))
}

/** The same with sums and with nothing left out: what two parts of the cells merge into adds up to what all of them do. */
export function mergeSums(
  field: Merged,
  cells: readonly Cell[],
): (Omit<Cell, 'fieldId'> & { readonly sum: number })[] {
  const byField = new Map<string, Cell[]>()
  for (const cell of cells) {
    const known = byField.get(cell.fieldId)
    if (known) known.push(cell)
    else byField.set(cell.fieldId, [cell])
  }
  return [...countsOf(field.id, liveLinks(field), byField)].map(([bucket, count]) => ({ bucket, ...count }))
}

/** To which buckets of a series one cell adds, and how often: what several make is the sum of what each does. */
export function additionsOf(
  field: Merged,
): (fieldId: string, bucket: string) => readonly { readonly bucket: string; readonly times: number }[] {
  const known = new Map<string, readonly { readonly bucket: string; readonly times: number }[]>()
  return (fieldId, bucket) => {
    const key = `${fieldId} ${bucket}`
    const before = known.get(key)
    if (before) return before
    const told = mergeSums(field, [{ fieldId, bucket, n: 1, won: 0 }])
    const adds = told.map((one) => ({ bucket: one.bucket, times: one.n })).filter(({ times }) => times !== 0)
    known.set(key, adds)
    return adds
  }
}

/**
 * Buckets of the roll-ups of a series out of which some of its own are made: more than these need not be read. Some of the
 * questions may have others of the same name, which then add nothing.
 */
export function bucketsBehind(field: Pick<Merged, 'merges'>, wanted: readonly string[]): string[] {
  const links = liveLinks(field)
  // Beside its answers stands what was said to those that were made into it too, and what was converted.
  const own =
    links.length === 0 ? wanted : wanted.flatMap((bucket) => [bucket, overOf(bucket), readOf(bucket)])
  return [
    ...new Set([...(field.merges?.unasked ? [] : own), ...links.flatMap((link) => behindLink(link, wanted))]),
  ]
}

function behindLink({ map, links }: FieldLink, wanted: readonly string[]): string[] {
  const tokens = Object.entries(map ?? {})
  // Where some answers say nothing, those that were answered are told by those that do.
  const counted = wanted.includes(ANSWERED) && tokens.some(([, token]) => token === null)
  const named = tokens.flatMap(([from, token]) =>
    token !== null && (counted || wanted.includes(token)) ? [from] : [],
  )
  const through = map === null ? wanted : [...named, ...wanted.filter((bucket) => SAME.includes(bucket))]
  return bucketsBehind({ merges: { live: true, links } }, [
    ...new Set([...through, ...(counted ? [UNKNOWN] : [])]),
  ])
}

/** The same in every question. */
const SAME: readonly string[] = [ASKED, ANSWERED, UNKNOWN]

function countsOf(
  fieldId: string,
  links: readonly FieldLink[],
  byField: ReadonlyMap<string, readonly Cell[]>,
): Counts {
  const counts: Counts = new Map()
  const converted = links.some((link) => link.converted)
  for (const { bucket, n, won, sum = 0 } of byField.get(fieldId) ?? []) {
    if (isRead(bucket)) {
      if (converted) add(counts, underRead(bucket), { n, won, sum })
    } else if (!isOver(bucket)) add(counts, bucket, { n, won, sum })
    // Says nothing of a question that is made of no others any more.
    else if (links.length > 0) add(counts, underOver(bucket), { n: -n, won: -won, sum: -sum })
  }
  for (const link of links) {
    // Its answers were counted in the buckets of this question already, under `_read:`.
    if (link.converted) continue
    for (const [bucket, count] of mapped(link.map, countsOf(link.from, link.links, byField)))
      add(counts, bucket, count)
  }
  return counts
}

function add(counts: Counts, bucket: string, { n, won, sum }: Count): void {
  const known = counts.get(bucket) ?? { n: 0, won: 0, sum: 0 }
  counts.set(bucket, { n: known.n + n, won: known.won + won, sum: known.sum + sum })
}

/** Where some answers say nothing in the new question, those that do are counted one by one: each document gives one. */
function mapped(map: AnswerMap | null, counts: Counts): Counts {
  if (map === null) return counts
  const whole = Object.values(map).every((token) => token !== null)
  const next: Counts = new Map()
  for (const [bucket, count] of counts) {
    const said = bucket === UNKNOWN ? UNKNOWN : map[bucket]
    if (bucket === ASKED || (bucket === ANSWERED && whole)) add(next, bucket, count)
    else if (bucket !== ANSWERED && said) {
      add(next, said, count)
      if (!whole) add(next, ANSWERED, count)
    }
  }
  return next
}
