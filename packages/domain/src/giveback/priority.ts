import { type BucketLabel, bucketLabelParts } from '../analytics/bucket.ts'
import type { AnswerValue } from '../field/answer.ts'
import type { Giveback, Localised } from '../field/field-spec.ts'
import type { EffectiveField } from '../field/resolve.ts'
import type { PathNode } from '../territory/path-node.ts'
import { fitsType } from './fits-type.ts'
import { holdersOf } from './holders.ts'
import type { LocalRows } from './local-rows.ts'

export type PriorityGiveback = Extract<Giveback, { readonly kind: 'priority' }>

/** How often an answer wants an account visited, with what its sentence needs. */
export type AskedRhythm = {
  readonly fieldId: string
  readonly owner: PathNode
  readonly label: Localised
  readonly answer: BucketLabel
  readonly everyDays: number
}

type Visit = PriorityGiveback['visits'][number]

/** Of several choices the one that asks soonest; null when none of them asks. */
export function visitOf({ visits }: PriorityGiveback, answer: AnswerValue | undefined): Visit | null {
  if (answer === undefined || answer === null) return null
  const given: readonly unknown[] = Array.isArray(answer) ? answer : [String(answer)]
  return visits
    .filter(({ option }) => given.includes(option))
    .reduce<Visit | null>((best, one) => (best && best.everyDays <= one.everyDays ? best : one), null)
}

/**
 * The rhythm that answers ask of each account, in the place of its own: sooner or later. Where several ask, the soonest
 * has it, whatever the order of questions and rows, so that no answer hides an account that another wants seen.
 */
export function askedRhythms(fields: readonly EffectiveField[], rows: LocalRows): Map<string, AskedRhythm> {
  const asked = new Map<string, AskedRhythm>()
  for (const field of fields) {
    const givebacks = field.spec.givebacks.filter((giveback) => giveback.kind === 'priority')
    if (givebacks.length === 0 || !fitsType('priority', field.spec.type)) continue
    for (const { account, answer } of holdersOf(field, rows)) {
      for (const giveback of givebacks) {
        const visit = visitOf(giveback, answer?.x)
        const rhythm = visit && {
          fieldId: field.id,
          owner: field.owner,
          label: field.spec.label,
          answer: bucketLabelParts(field.spec, visit.option),
          everyDays: visit.everyDays,
        }
        if (rhythm && isSooner(rhythm, asked.get(account.id))) asked.set(account.id, rhythm)
      }
    }
  }
  return asked
}

const isSooner = (a: AskedRhythm, b: AskedRhythm | undefined): boolean =>
  !b || a.everyDays < b.everyDays || (a.everyDays === b.everyDays && a.fieldId < b.fieldId)
