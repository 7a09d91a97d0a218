import { writeAudits } from '@fieldback/db/audit/audit.repo'
import { conceptsOf, unlinkField } from '@fieldback/db/concept/concept.repo'
import type { ChangeCount } from '@fieldback/db/field/change-count.repo'
import { findField, keyHolders, lockPublications } from '@fieldback/db/field/field.repo'
import {
  type Promotion,
  promotionsAround,
  replacedBy,
  undoPromotion as takeBack,
} from '@fieldback/db/field/promotion.repo'
import { requireTerritory, type ScopedDb } from '@fieldback/db/scoped-db'
import { verdictAt } from '@fieldback/domain/access/scope'
import { addDays } from '@fieldback/domain/agenda/day'
import { FieldbackError } from '@fieldback/domain/errors'
import type { GivebackKind, Localised } from '@fieldback/domain/field/field-spec'
import { UNDO_DAYS, undoableUntil } from '@fieldback/domain/field/plan-promotion'
import { keyOf } from '@fieldback/domain/field/plan-publish'
import { isWithin } from '@fieldback/domain/territory/path'
import type { Rank } from '@fieldback/domain/territory/rank'
import { type Counting, countingFrom } from './counting.ts'

type PlaceName = { readonly id: string; readonly name: string; readonly rank: Rank }

/** A promotion as a manager is told of it: what became of his question, and what he gets for it. */
export type PromotionNotice = {
  readonly fieldId: string
  readonly label: Localised
  readonly owner: PlaceName
  readonly by: string | null
  /** A question took another type, at its own place. */
  readonly retyped: boolean
  /** What was answered before is still being counted: so many accounts of so many. */
  readonly counting: Counting | null
  /** What that found; null where it came with the change, and until it is known. */
  readonly found: Pick<ChangeCount, 'answered' | 'converted'> | null
  /** YYYY-MM-DD */
  readonly day: string
  readonly undoneDay: string | null
  /** The last day on which it can be taken back. */
  readonly undoUntil: string
  /** The reader may take it back now. */
  readonly canUndo: boolean
  /** Those of the reader's own branches and path; `others`: how many there are beside. */
  readonly sources: readonly {
    readonly fieldId: string
    readonly label: Localised
    readonly owner: PlaceName
    readonly given: readonly GivebackKind[]
  }[]
  readonly others: number
}

/** Promotions of the last sixty days that touch what a territory and its branch ask. */
export async function promotionsAt(sdb: ScopedDb, territoryId: string): Promise<PromotionNotice[]> {
  const territory = await requireTerritory(sdb, 'field.read', territoryId)
  const since = addDays(sdb.scope.day, -2 * UNDO_DAYS)
  const promotions = await promotionsAround(sdb, { path: territory.path, since })
  return promotions.map((promotion) => noticeOf(sdb, promotion, territory.path))
}

const nameOf = ({ id, name, rank }: Promotion['owner']): PlaceName => ({ id, name, rank })

function noticeOf(sdb: ScopedDb, promotion: Promotion, path: string): PromotionNotice {
  const near = promotion.sources.filter(
    ({ owner }) => isWithin(path, owner.path) || isWithin(owner.path, path),
  )
  const { counting, counted } = promotion
  return {
    fieldId: promotion.fieldId,
    label: promotion.label,
    owner: nameOf(promotion.owner),
    by: promotion.by,
    retyped: promotion.retyped,
    counting: counting && !counted ? countingFrom(counting) : null,
    found: counting && counted ? { answered: counting.answered, converted: counting.converted } : null,
    day: promotion.day,
    undoneDay: promotion.undoneDay,
    undoUntil: undoableUntil(promotion.day),
    canUndo: isOpen(sdb, promotion) && verdictAt(sdb.scope, 'field.define', promotion.owner).allowed,
    sources: near.map(({ owner, ...source }) => ({ ...source, owner: nameOf(owner) })),
    others: promotion.sources.length - near.length,
  }
}

const isOpen = ({ scope }: ScopedDb, { day, undoneDay }: Promotion): boolean =>
  undoneDay === null && scope.day <= undoableUntil(day)

/**
 * Asks again exactly what was asked before a promotion; what was answered to the question that replaced it is kept.
 * NOT_FOUND, FORBIDDEN; CONFLICT for a question that replaces none; PROMOTION_SETTLED {until} after thirty days, or once it was made into another itself;
 * FIELD_KEY_TAKEN when the words were given to another question meanwhile.
 */
export async function undoPromotion(
  sdb: ScopedDb,
  fieldId: string,
  runtime: { readonly now: () => Date; readonly newId: () => string },
): Promise<void> {
  await lockPublications(sdb)
  const { definition, owner } = await findField(sdb, fieldId)
  const verdict = verdictAt(sdb.scope, 'field.define', owner)
  if (!verdict.allowed)
    throw new FieldbackError('FORBIDDEN', { reason: verdict.reason, permission: 'field.define' })
  const [promotion] = await promotionsAround(sdb, { path: null, since: '2000-01-01', fieldId })
  if (!promotion) throw new FieldbackError('CONFLICT', { what: 'promotion' })
  if (promotion.undoneDay !== null) return
  if (!isOpen(sdb, promotion) || (await replacedBy(sdb, fieldId)) !== null)
    throw new FieldbackError('PROMOTION_SETTLED', { until: undoableUntil(promotion.day) })
  const back = new Set(promotion.sources.map((source) => source.fieldId))
  for (const source of promotion.sources) {
    const words = keyOf(source.label.fr)
    const holders = await keyHolders(sdb, source.owner.path, definition.entity)
    const taken = holders.find(
      (holder) =>
        holder.fieldId !== fieldId &&
        holder.fieldId !== source.fieldId &&
        // Two that a merge of territories brought together cannot both be asked again.
        (!holder.retired || back.has(holder.fieldId)) &&
        (holder.key === words || keyOf(holder.label) === words),
    )
    if (taken) throw new FieldbackError('FIELD_KEY_TAKEN', { key: taken.key, territory: taken.territoryName })
  }
  await takeBack(sdb, fieldId, runtime.now())
  if ((await conceptsOf(sdb, [fieldId])).size > 0) await unlinkField(sdb, fieldId)
  await writeAudits(sdb, [
    {
      id: runtime.newId(),
      action: 'field.undoPromotion',
      subjectId: fieldId,
      detail: {
        key: definition.key,
        territoryId: owner.id,
        count: promotion.sources.length,
        before: { asked: [fieldId] },
        after: { asked: promotion.sources.map((source) => source.fieldId) },
      },
    },
    ...promotion.sources.map((source) => ({
      id: runtime.newId(),
      action: 'field.restore',
      subjectId: source.fieldId,
      detail: { territoryId: source.owner.id, from: fieldId },
    })),
  ])
}
