import type { EffectiveField } from '@fieldback/domain/field/resolve'
import { type LocalRows, pathTo } from '@fieldback/domain/giveback/local-rows'
import { type OpinionOf, refusedLast } from '@fieldback/domain/giveback/opinion'
import { type AskedRhythm, askedRhythms } from '@fieldback/domain/giveback/priority'
import type { ReturnCard } from '@fieldback/domain/giveback/return-card'
import { trendOf } from '@fieldback/domain/giveback/trend'
import { trendSaid } from '@fieldback/domain/giveback/trend-said'
import { heldRows } from '../data/held-rows.ts'
import type { PhoneState } from '../data/store.ts'
import { knownFields } from './known-fields.ts'
import { bestComparison, type Sector, type SectorSegment, sectorCard, segmentsOf } from './sector-returns.ts'

/** Rows in "my sector", then findings: enough to read in a pause. */
const BESIDE_MOST = 4
const FINDINGS_MOST = 4
const SOON_MOST = 2
const RHYTHMS_MOST = 2

export type ForMeReturns = {
  /** Shares that can be set beside those of the place above. */
  readonly beside: readonly ReturnCard[]
  /** What the answers say, clear before unclear. */
  readonly findings: readonly ReturnCard[]
  /** How many accounts they want seen sooner or later. */
  readonly rhythms: readonly ReturnCard[]
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
  const trends = fields.flatMap((field) => trendCard(field, sector) ?? [])
  const compared = [...trends, ...others].filter(isCompared).sort(clearFirst)
  const last = refusedLast(opinion)
  return {
    beside: beside.slice(0, BESIDE_MOST),
    findings: [...beside.filter(isClear), ...compared].sort(last).slice(0, FINDINGS_MOST),
    rhythms: rhythmCards(fields, rows, askedRhythms(fields, rows)).slice(0, RHYTHMS_MOST),
    soon: [...others, ...trends].filter(({ code }) => code.endsWith('_PROGRESS')).slice(0, SOON_MOST),
    segments: segmentsOf({ fields, rows }).sort((a, b) => last(listOf(a), listOf(b))),
  }
}

const listOf = ({ field }: SectorSegment) => ({ fieldId: field.id, kind: 'segment' }) as const
const isBeside = ({ code }: ReturnCard): boolean => code.startsWith('COMPARISON_PLACE')
const isClear = ({ code }: ReturnCard): boolean => /_(HIGHER|LOWER|UP|DOWN)$/.test(code)
const isCompared = ({ code }: ReturnCard): boolean =>
  /_(HIGHER|LOWER|UNCLEAR|HERE|UP|DOWN|STEADY)$/.test(code)
const clearFirst = (a: ReturnCard, b: ReturnCard): number => Number(isClear(b)) - Number(isClear(a))

/** How the most frequent answer to a question goes; null when it has no trend. */
function trendCard(field: EffectiveField, { rows, pack, mine, today }: Sector): ReturnCard | null {
  if (!field.spec.givebacks.some(({ kind }) => kind === 'trend')) return null
  const found = trendOf({ field, answer: null, rows, today })
  const path = pathTo(mine[0] ?? '', rows.territories)
  return found && sectorCard(field, 'trend', trendSaid(found, field, { path, mine, pack, today }))
}

/** For each question that changes the rhythm of some accounts, of how many. */
function rhythmCards(
  fields: readonly EffectiveField[],
  rows: LocalRows,
  asked: ReadonlyMap<string, AskedRhythm>,
): ReturnCard[] {
  const counts = new Map<string, { sooner: number; later: number }>()
  for (const { id, visitEveryDays } of rows.accounts) {
    const rhythm = asked.get(id)
    if (!rhythm || rhythm.everyDays === visitEveryDays) continue
    const count = counts.get(rhythm.fieldId) ?? { sooner: 0, later: 0 }
    count[rhythm.everyDays < visitEveryDays ? 'sooner' : 'later'] += 1
    counts.set(rhythm.fieldId, count)
  }
  return fields.flatMap((field) => {
    const params = counts.get(field.id)
    return params ? [sectorCard(field, 'priority', { code: 'PRIORITY_STATUS', params })] : []
  })
}
