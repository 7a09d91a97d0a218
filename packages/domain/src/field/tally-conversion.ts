import type { Answers, AnswerValue } from './answer.ts'
import { answerKey } from './answer-key.ts'
import { type Conversion, conversionsIn, saidBefore } from './conversion.ts'
import { convert } from './convert.ts'
import type { NormalPhone } from './normal-answer.ts'

type Documents = { readonly values: Answers; readonly n: number }

/** One old answer, how often it was given, and what it becomes; null: nothing, it stays with the old question. */
export type Tallied = {
  readonly key: string
  readonly said: AnswerValue
  readonly n: number
  readonly becomes: AnswerValue | null
}

export type ConversionTally = {
  readonly answered: number
  readonly converted: number
  readonly left: number
  readonly unknown: number
  /** The most frequent first; `converts`: those that do. */
  readonly values: readonly Tallied[]
}

/** What a conversion would make of real answers, the most frequent ones by what was said. */
export function tallyConversion(
  conversion: Pick<Conversion, 'entity' | 'from' | 'links' | 'spec' | 'way'>,
  {
    before,
    documents,
    phone,
  }: {
    readonly before: readonly Conversion[]
    readonly documents: readonly Documents[]
    readonly phone: NormalPhone
  },
): ConversionTally {
  const found = new Map<string, { said: AnswerValue; n: number; becomes: AnswerValue | null }>()
  const sums = { answered: 0, converted: 0, left: 0, unknown: 0 }
  for (const { values, n } of alike(documents)) {
    const read = conversionsIn(before, conversion.entity, values, phone).values
    const said = saidBefore(conversion, read)
    if (!said) continue
    sums.answered += n
    if (said.x === null) {
      sums.unknown += n
      continue
    }
    const becomes = convert(conversion, said.x, phone) ?? null
    if (becomes === null) sums.left += n
    else sums.converted += n
    const key = Array.isArray(said.x) ? JSON.stringify([...said.x].sort()) : answerKey(said.x)
    const known = found.get(key)
    found.set(key, { said: known?.said ?? said.x, n: n + (known?.n ?? 0), becomes })
  }
  const values = [...found]
    .map(([key, one]) => ({ key, ...one }))
    .sort((a, b) => b.n - a.n || (a.key < b.key ? -1 : 1))
  return { ...sums, values }
}

/** Documents that say the same, once: they may come apart by where they are counted. */
function alike(documents: readonly Documents[]): Documents[] {
  const found = new Map<string, Documents>()
  for (const { values, n } of documents) {
    const key = JSON.stringify(values)
    found.set(key, { values, n: n + (found.get(key)?.n ?? 0) })
  }
  return [...found.values()]
}
