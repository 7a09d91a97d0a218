import { type OpinionOf, refusedLast } from '@fieldback/domain/giveback/opinion'
import type { ReturnCard } from '@fieldback/domain/giveback/return-card'
import { heldRows } from '../data/held-rows.ts'
import type { PhoneState } from '../data/store.ts'
import { knownFields } from './known-fields.ts'
import { bestComparison, type SectorSegment, segmentsOf } from './sector-returns.ts'

/** Rows in "my sector", then findings: enough to read in a pause. */
const BESIDE_MOST = 4
const FINDINGS_MOST = 4
const SOON_MOST = 2

export type ForMeReturns = {
  /** Shares that can be set beside those of the place above. */
  readonly beside: readonly ReturnCard[]
  /** What the answers say, clear before unclear. */
  readonly findings: readonly ReturnCard[]
  /** What they cannot say yet. */
  readonly soon: readonly ReturnCard[]
  readonly segments: readonly SectorSegment[]
}

/** Everything the reader's questions give back, without a visit at hand; what he judged of no use comes last. */
export function forMeReturns(state: PhoneState, today: string, opinion: OpinionOf): ForMeReturns {
  const fields = knownFields(state.frame)
  const rows = heldRows(state)
  const sector = { fields, rows, pack: state.pack, mine: state.territoryIds, today }
  const cards = fields.flatMap((field) => bestComparison(field, sector) ?? [])
  const [beside, others] = [cards.filter(isBeside).sort(clearFirst), cards.filter((card) => !isBeside(card))]
  const compared = others.filter(isCompared).sort(clearFirst)
  const last = refusedLast(opinion)
  return {
    beside: beside.slice(0, BESIDE_MOST),
    findings: [...beside.filter(isClear), ...compared].sort(last).slice(0, FINDINGS_MOST),
    soon: others.filter(({ code }) => code === 'COMPARISON_PROGRESS').slice(0, SOON_MOST),
    segments: segmentsOf({ fields, rows }).sort((a, b) => last(listOf(a), listOf(b))),
  }
}

const listOf = ({ field }: SectorSegment) => ({ fieldId: field.id, kind: 'segment' }) as const
const isBeside = ({ code }: ReturnCard): boolean => code.startsWith('COMPARISON_PLACE')
const isClear = ({ code }: ReturnCard): boolean => /_(HIGHER|LOWER)$/.test(code)
const isCompared = ({ code }: ReturnCard): boolean => /_(HIGHER|LOWER|UNCLEAR|HERE)$/.test(code)
const clearFirst = (a: ReturnCard, b: ReturnCard): number => Number(isClear(b)) - Number(isClear(a))
