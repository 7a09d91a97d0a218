import type { FieldDefinition } from './field-spec.ts'
import { answerIds, readsAs } from './merge-map.ts'
import type { AnswerMap } from './merges.ts'
import { stemsOf, stemsWithout } from './twin-words.ts'

/** A question with the names of the places down to its owner, and how its answers share out, by bucket. */
export type TwinField = {
  readonly definition: Pick<FieldDefinition, 'id' | 'entity' | 'spec'>
  readonly places: readonly string[]
  /** Known answers alone; null: too few, or not counted. */
  readonly answers: Readonly<Record<string, number>> | null
}

/** Why two questions are thought to be one: a part of 1 for what they have of it, null where it says nothing. */
export type TwinEvidence = {
  readonly words: number
  /** Stems that both have. */
  readonly shared: readonly string[]
  readonly options: number | null
  readonly answers: number | null
}

export type Twins = { readonly a: string; readonly b: string; readonly score: number } & TwinEvidence

/** From here on two questions are proposed as one. */
export const TWIN_MIN = 0.5
/** Answers from which their shares say something. */
export const ANSWERS_MIN = 20
const MOST = 50

/** How much of the words of one label is in the other, from 0 to 1 (Dice 1945, on stems). */
const dice = (a: readonly string[], b: readonly string[]): number =>
  a.length + b.length === 0 ? 0 : (2 * a.filter((stem) => b.includes(stem)).length) / (a.length + b.length)

type Labelled = {
  readonly stems: readonly (readonly string[])[]
  readonly bare: readonly (readonly string[])[]
}

const read = new WeakMap<TwinField, Labelled>()

/** Made once a question: each is set beside many. */
function labelled(field: TwinField): Labelled {
  const known = read.get(field)
  if (known) return known
  const { fr, en } = field.definition.spec.label
  const stems = [fr, ...(en ? [en] : [])].map(stemsOf)
  const made = { stems, bare: stems.map((one) => stemsWithout(one, field.places)) }
  read.set(field, made)
  return made
}

/** The best of every language with every other: a label may have been written in the wrong one. */
function wordsAlike(a: Labelled, b: Labelled): { words: number; shared: readonly string[] } {
  let best: readonly [readonly string[], readonly string[]] = [[], []]
  let words = 0
  for (const kind of ['stems', 'bare'] as const)
    for (const left of a[kind])
      for (const right of b[kind]) {
        const alike = dice(left, right)
        if (alike <= words) continue
        words = alike
        best = [left, right]
      }
  return { words, shared: best[0].filter((stem) => best[1].includes(stem)) }
}

const pairs = <T>(a: readonly T[], b: readonly T[]): [T, T][] =>
  a.flatMap((left) => b.map((right): [T, T] => [left, right]))

/**
 * Which answer of one question is which of the other, by the words they share; null where there is none. Yes and no are
 * themselves. What nobody has to set right by hand when two questions are linked or made one.
 */
export function guessMap(
  from: Pick<FieldDefinition['spec'], 'type' | 'options'>,
  to: Pick<FieldDefinition['spec'], 'type' | 'options'>,
): AnswerMap {
  const labels = labelsOf(to)
  const taken = new Set<string>()
  return Object.fromEntries(
    labelsOf(from).map(({ id, stems }) => {
      const best = labels
        .filter((one) => from.type !== 'multiple_choice' || !taken.has(one.id))
        .map((one) => ({ id: one.id, words: one.id === id ? 1.1 : closest(stems, one.stems) }))
        .reduce((most, one) => (one.words > most.words ? one : most), { id: '', words: 0.49 })
      if (best.id !== '') taken.add(best.id)
      return [id, best.id === '' ? null : best.id]
    }),
  )
}

const closest = (a: readonly (readonly string[])[], b: readonly (readonly string[])[]): number =>
  Math.max(0, ...pairs(a, b).map(([left, right]) => dice(left, right)))

const YES_NO = [
  { id: 'true', stems: [['oui'], ['yes']] },
  { id: 'false', stems: [['non'], ['no']] },
]

function labelsOf({ type, options }: Pick<FieldDefinition['spec'], 'type' | 'options'>) {
  if (type === 'yes_no') return YES_NO
  const ids = new Set(answerIds({ type, options }))
  return options
    .filter(({ id }) => ids.has(id))
    .map(({ id, label }) => ({
      id,
      // "Oui" says all where it is an answer, and nothing in a question.
      stems: [label.fr, ...(label.en ? [label.en] : [])].map((text) => {
        const stems = stemsOf(text)
        return stems.length > 0 ? stems : [text.trim().toLowerCase()]
      }),
    }))
}

/** How many of the answers of both find theirs in the other; null for answers that are no list. */
function optionsAlike(a: TwinField, b: TwinField): number | null {
  const [left, right] = [a.definition.spec, b.definition.spec]
  if (left.type === 'yes_no' && right.type === 'yes_no') return null
  const ids = [...answerIds(left), ...answerIds(right)]
  if (ids.length === 0) return null
  const found = [guessMap(left, right), guessMap(right, left)].flatMap((map) =>
    Object.values(map).filter((id) => id !== null),
  )
  return found.length / ids.length
}

/** 1 less the share of answers that would have to change sides; null with too few on either side. */
function answersAlike(a: TwinField, b: TwinField): number | null {
  if (!a.answers || !b.answers) return null
  const map = guessMap(a.definition.spec, b.definition.spec)
  const left = sharesOf(Object.entries(a.answers).map(([bucket, n]) => [map[bucket] ?? bucket, n] as const))
  const right = sharesOf(Object.entries(b.answers))
  if (!left || !right) return null
  const buckets = new Set([...left.keys(), ...right.keys()])
  const apart = [...buckets].reduce(
    (sum, bucket) => sum + Math.abs((left.get(bucket) ?? 0) - (right.get(bucket) ?? 0)),
    0,
  )
  return 1 - apart / 2
}

function sharesOf(counts: readonly (readonly [string, number])[]): Map<string, number> | null {
  const total = counts.reduce((sum, [, n]) => sum + n, 0)
  if (total < ANSWERS_MIN) return null
  const shares = new Map<string, number>()
  for (const [bucket, n] of counts) shares.set(bucket, (shares.get(bucket) ?? 0) + n / total)
  return shares
}

/** How likely two questions are one, and why; null when they are not: other entity, answers that do not go together, few words. */
export function likeness(a: TwinField, b: TwinField): Twins | null {
  const [left, right] = [a.definition, b.definition]
  const goTogether = readsAs(left.spec, right.spec) || readsAs(right.spec, left.spec)
  if (left.entity !== right.entity || !goTogether) return null
  const { words, shared } = wordsAlike(labelled(a), labelled(b))
  // Even with all the rest alike.
  if (0.7 * words + 0.3 < TWIN_MIN) return null
  return scored(a, b, { words, shared })
}

/** The words weigh most; a list of answers much, for it says what is meant; how answers share out, little. */
function scored(
  a: TwinField,
  b: TwinField,
  { words, shared }: Pick<TwinEvidence, 'words' | 'shared'>,
): Twins {
  const options = optionsAlike(a, b)
  const answers = answersAlike(a, b)
  const kind = options ?? (a.definition.spec.type === 'yes_no' ? 0.5 : 0)
  const told = answers === null ? kind : 0.6 * kind + 0.4 * answers
  const score = Math.min(1, 0.7 * words + 0.3 * told)
  return { a: a.definition.id, b: b.definition.id, score, words, shared, options, answers }
}

/** Pairs thought to be one question, likeliest first, at most fifty. `apart`: pairs of which somebody said that they are not. */
export function findTwins(
  fields: readonly TwinField[],
  apart: (a: string, b: string) => boolean = () => false,
): Twins[] {
  const byStem = new Map<string, TwinField[]>()
  const found = new Map<string, Twins>()
  for (const field of fields) {
    const { stems, bare } = labelled(field)
    const near = new Set<TwinField>()
    for (const stem of new Set([...stems, ...bare].flat())) {
      const known = byStem.get(stem)
      for (const other of known ?? []) near.add(other)
      if (known) known.push(field)
      else byStem.set(stem, [field])
    }
    for (const other of near) {
      const [a, b] = other.definition.id < field.definition.id ? [other, field] : [field, other]
      const twins = apart(a.definition.id, b.definition.id) ? null : likeness(a, b)
      if (twins && twins.score >= TWIN_MIN) found.set(`${twins.a} ${twins.b}`, twins)
    }
  }
  return [...found.values()]
    .sort((a, b) => b.score - a.score || (a.a + a.b < b.a + b.b ? -1 : 1))
    .slice(0, MOST)
}

/** Pairs that hang together, as groups of questions, the likeliest pair's first. */
export function groupTwins(
  pairs: readonly Twins[],
): { readonly ids: readonly string[]; readonly pairs: readonly Twins[] }[] {
  const groups: { ids: Set<string>; pairs: Twins[] }[] = []
  for (const pair of pairs) {
    const touched = groups.filter(({ ids }) => ids.has(pair.a) || ids.has(pair.b))
    const [first = { ids: new Set<string>(), pairs: [] }, ...rest] = touched
    if (touched.length === 0) groups.push(first)
    for (const other of rest) {
      for (const id of other.ids) first.ids.add(id)
      first.pairs.push(...other.pairs)
      groups.splice(groups.indexOf(other), 1)
    }
    first.ids.add(pair.a).add(pair.b)
    first.pairs.push(pair)
  }
  return groups.map(({ ids, pairs: of }) => ({ ids: [...ids].sort(), pairs: of }))
}
