import {
  type AssignmentRow,
  assignablePeople,
  insertAssignment,
  lockAssignment,
  setLastDay,
} from '@fieldback/db/assignment/assignment.repo'
import { writeAudit } from '@fieldback/db/audit/audit.repo'
import { requireTerritory, type ScopedDb } from '@fieldback/db/scoped-db'
import { enqueue } from '@fieldback/db/sync/enqueue'
import type { Role } from '@fieldback/domain/access/permissions'
import { addDays } from '@fieldback/domain/agenda/day'
import { FieldbackError } from '@fieldback/domain/errors'
import { keepAdministrator } from '../access/keep-administrator.ts'
import { refuseChanged } from '../meanwhile.ts'
import { checkGrant, requireGrantable } from './check-grant.ts'

type NewId = () => string

export type AssignInput = {
  /** Of its own choice, where others already name it. */
  readonly id?: string
  readonly membershipId: string
  readonly territoryId: string
  readonly role: Role
  readonly validFrom: string
  readonly validTo: string | null
}

/**
 * Gives somebody a role on a territory for a period that begins today or later. ASSIGNMENT_BEYOND_GRANTER,
 * ASSIGNMENT_DATES, ASSIGNMENT_EXISTS, NOT_FOUND for a person the reader may not assign.
 */
export async function assign(sdb: ScopedDb, input: AssignInput, newId: NewId): Promise<{ id: string }> {
  const territory = await requireTerritory(sdb, 'assignment.grant', input.territoryId)
  checkGrant(sdb.scope, territory.path, input)
  const [person] = await assignablePeople(sdb, { membershipId: input.membershipId })
  if (!person) throw new FieldbackError('NOT_FOUND', { what: 'membership' })
  const { id = newId(), ...given } = input
  await insertAssignment(sdb, { ...given, id })
  await enqueue(sdb.tx, 'pass_callbacks', sdb.scope.orgId)
  await writeAudit(sdb, { id: newId(), action: 'assignment.assign', subjectId: id, detail: { ...input } })
  return { id }
}

/**
 * Changes the last day of an assignment that still runs or is to come: `lastDay` today or yesterday ends it, null lets it
 * run on. Ending and extending both take the right to grant that role there. FORBIDDEN, ASSIGNMENT_BEYOND_GRANTER,
 * ASSIGNMENT_DATES, ASSIGNMENT_OF_REPLACEMENT, LAST_ADMINISTRATOR, CHANGED_MEANWHILE when it did not end as the caller knew, NOT_FOUND
 * for one that would run on where the territory has closed. Answers the last day it had, to undo.
 */
export async function end(
  sdb: ScopedDb,
  input: {
    readonly assignmentId: string
    readonly lastDay: string | null
    readonly known?: string | null | undefined
  },
  newId: NewId,
): Promise<{ previous: string | null }> {
  const { scope } = sdb
  const row = await lockAssignment(sdb, input.assignmentId)
  requireGrantable(scope, row.path, row.role)
  if (row.replacementId !== null) throw new FieldbackError('ASSIGNMENT_OF_REPLACEMENT')
  if (row.validTo !== input.lastDay) refuseChanged(input.known, row.validTo)
  checkLastDay(row, input.lastDay, scope.day)
  const runsOn = row.validTo !== null && (input.lastDay === null || input.lastDay > row.validTo)
  if (runsOn) await requireTerritory(sdb, 'assignment.grant', row.territoryId)
  // Only a role at the root can be the last one; the rule looks at the whole organisation.
  const change = () => setLastDay(sdb, row.id, input.lastDay)
  await (row.role === 'administrator' ? keepAdministrator(sdb, change) : change())
  await enqueue(sdb.tx, 'pass_callbacks', scope.orgId)
  await writeAudit(sdb, {
    id: newId(),
    action: 'assignment.end',
    subjectId: row.id,
    detail: { membershipId: row.membershipId, from: row.validTo, to: input.lastDay },
  })
  return { previous: row.validTo }
}

/** One that ended before yesterday stays ended, or the days between would be granted after the fact. */
function checkLastDay(row: AssignmentRow, lastDay: string | null, today: string): void {
  const yesterday = addDays(today, -1)
  // An assignment that has not begun is called off by ending it the day before its first.
  const earliest = row.validFrom > today ? addDays(row.validFrom, -1) : yesterday
  const over = row.validTo !== null && row.validTo < yesterday && row.validTo < earliest
  if (over || (lastDay !== null && lastDay < earliest))
    throw new FieldbackError('ASSIGNMENT_DATES', { from: row.validFrom, today })
}
