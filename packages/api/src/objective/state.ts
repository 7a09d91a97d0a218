import { writeAudit } from '@fieldback/db/audit/audit.repo'
import {
  countObjectives,
  insertObjective,
  lockLiveObjectives,
  lockObjective,
  type ObjectiveCount,
  setEnded,
} from '@fieldback/db/objective/objective.repo'
import { requireTerritory, type ScopedDb } from '@fieldback/db/scoped-db'
import { verdictAt } from '@fieldback/domain/access/scope'
import { dayNumber } from '@fieldback/domain/agenda/day'
import { FieldbackError } from '@fieldback/domain/errors'
import {
  OBJECTIVE_DAYS_MAX,
  OBJECTIVES_MAX,
  type ObjectiveSegment,
  type ObjectiveTerm,
} from '@fieldback/domain/objective/objective'
import type { Path } from '@fieldback/domain/territory/path'
import { questionsTellingApart } from '../field/telling-apart.ts'

const NOBODY: ObjectiveCount = { meant: 0, seen: 0, refused: 0 }

type Runtime = { readonly now: () => Date; readonly newId: () => string }
type Meant = ObjectiveTerm & { readonly territoryId: string; readonly segment: ObjectiveSegment }

/** How many accounts it would mean, and how many of them are seen already. */
export async function previewObjective(sdb: ScopedDb, objective: Meant): Promise<ObjectiveCount> {
  const territory = await requireTerritory(sdb, 'objective.state', objective.territoryId)
  await requireAsked(sdb, territory.path, objective.segment)
  const { orgId, day } = sdb.scope
  const objectives = [{ ...objective, id: null, path: territory.path }]
  const [count = NOBODY] = await countObjectives(sdb.tx, orgId, { objectives, day })
  return count
}

/**
 * States what a manager wants visited in his branch. OBJECTIVE_DAYS when it ends before it begins, or is over, or lasts
 * longer than a year; NOT_FOUND for a question that is not asked there; TOO_LARGE when the territory states enough.
 */
export async function stateObjective(
  sdb: ScopedDb,
  objective: Meant & { readonly why: string },
  { now, newId }: Runtime,
): Promise<{ readonly id: string }> {
  const { territoryId, fromDay, toDay, segment, why, everyWeeks } = objective
  const territory = await requireTerritory(sdb, 'objective.state', territoryId)
  if (toDay < fromDay || toDay < sdb.scope.day || dayNumber(toDay) - dayNumber(fromDay) >= OBJECTIVE_DAYS_MAX)
    throw new FieldbackError('OBJECTIVE_DAYS', { days: OBJECTIVE_DAYS_MAX })
  await requireAsked(sdb, territory.path, segment)
  await requireRoom(sdb, territory.id)
  const id = newId()
  await insertObjective(sdb, { id, territoryId, segment, why, everyWeeks, fromDay, toDay, at: now() })
  await writeAudit(sdb, {
    id: newId(),
    action: 'objective.state',
    subjectId: id,
    detail: { territoryId, name: territory.name },
  })
  return { id }
}

/** Ends it before its last day, or takes it up again. NOT_FOUND, FORBIDDEN, TOO_LARGE. */
export async function endObjective(
  sdb: ScopedDb,
  { objectiveId, ended }: { readonly objectiveId: string; readonly ended: boolean },
  { now, newId }: Runtime,
): Promise<void> {
  const one = await lockObjective(sdb, objectiveId)
  const verdict = verdictAt(sdb.scope, 'objective.state', one.path)
  if (!verdict.allowed)
    throw new FieldbackError('FORBIDDEN', { reason: verdict.reason, permission: 'objective.state' })
  if (one.ended === ended) return
  if (!ended) await requireRoom(sdb, one.territoryId)
  await setEnded(sdb, one.id, { ended: ended ? now() : null, at: now() })
  await writeAudit(sdb, {
    id: newId(),
    action: ended ? 'objective.end' : 'objective.resume',
    subjectId: one.id,
    detail: { territoryId: one.territoryId },
  })
}

async function requireRoom(sdb: ScopedDb, territoryId: string): Promise<void> {
  if ((await lockLiveObjectives(sdb, territoryId)) >= OBJECTIVES_MAX)
    throw new FieldbackError('TOO_LARGE', { max: OBJECTIVES_MAX })
}

/** The question of a segment is asked where the objective is stated, of accounts or contacts, with answers to choose from. */
async function requireAsked(sdb: ScopedDb, path: Path, { answer }: ObjectiveSegment): Promise<void> {
  if (!answer) return
  const asked = await questionsTellingApart(sdb, path)
  if (!asked.some(({ fieldId, of }) => fieldId === answer.fieldId && of === answer.of))
    throw new FieldbackError('NOT_FOUND', { what: 'field' })
}
