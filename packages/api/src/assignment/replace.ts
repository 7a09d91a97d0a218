import { assignablePeople } from '@fieldback/db/assignment/assignment.repo'
import {
  findInBranches,
  insertReplacement,
  lockMembers,
  lockReplacement,
  placesHeld,
  type ReplacementRow,
  replacementsAround,
  setReplacementEnd,
} from '@fieldback/db/assignment/replacement.repo'
import { writeAudit } from '@fieldback/db/audit/audit.repo'
import type { ScopedDb } from '@fieldback/db/scoped-db'
import { branchesWith, grantableRoles } from '@fieldback/domain/access/scope'
import { addDays } from '@fieldback/domain/agenda/day'
import { type HeldPlace, placesPassedOn, replacementFault } from '@fieldback/domain/assignment/replacement'
import { FieldbackError } from '@fieldback/domain/errors'
import { refuseChanged } from '../meanwhile.ts'
import { requireGrantable } from './check-grant.ts'
import { type MailDeps, mailReplacement } from './replacement-mail.ts'

export type ReplaceInput = {
  readonly absentId: string
  readonly substituteId: string
  readonly validFrom: string
  readonly validTo: string
}

/** `left`: places of the absent that the reader may not give; `standsIn`: names of those he replaces himself then. */
export type Replaced = {
  readonly id: string
  readonly places: number
  readonly left: number
  readonly standsIn: readonly string[]
}

type InScope = <T>(work: (sdb: ScopedDb) => Promise<T>) => Promise<T>

/**
 * Gives somebody the places of another from a day to a day, and tells both. Of the places, those the reader may give:
 * nobody grants more than he holds. NOT_FOUND, INVALID_INPUT, ASSIGNMENT_DATES, ASSIGNMENT_BEYOND_GRANTER, REPLACEMENT_NO_PLACES,
 * REPLACEMENT_OVERLAPS, REPLACEMENT_SUBSTITUTE_AWAY.
 */
export async function replace(deps: MailDeps, inScope: InScope, input: ReplaceInput): Promise<Replaced> {
  const done = await inScope((sdb) => replaceIn(sdb, input, deps.newId))
  await mailReplacement(deps, { orgId: done.orgId, replacement: done.row, ended: false })
  const { id } = done.row
  return { id, places: done.places, left: done.left, standsIn: done.standsIn }
}

async function replaceIn(sdb: ScopedDb, input: ReplaceInput, newId: () => string) {
  await lockMembers(sdb, [input.absentId, input.substituteId])
  const absentName = await findInBranches(sdb, input.absentId)
  const [substitute] = await assignablePeople(sdb, { membershipId: input.substituteId })
  if (absentName === null || !substitute) throw new FieldbackError('NOT_FOUND', { what: 'membership' })
  const standing = await replacementsAround(sdb, [input.absentId, input.substituteId])
  const fault = replacementFault(input, standing, sdb.scope.day)
  if (fault) throw new FieldbackError(fault.code, fault.params)
  const held = placesPassedOn(await placesHeld(sdb, input.absentId, input), input)
  const given = held.filter(({ path, role }) => grantableRoles(sdb.scope, path).includes(role))
  if (held.length === 0) throw new FieldbackError('REPLACEMENT_NO_PLACES')
  if (given.length === 0)
    throw new FieldbackError('ASSIGNMENT_BEYOND_GRANTER', { role: held[0]?.role ?? 'rep' })
  const row = { id: newId(), ...input }
  const own = await placesHeld(sdb, input.substituteId, input)
  const missing = given.filter((place) => !own.some((other) => isSame(other, place)))
  await insertReplacement(
    sdb,
    row,
    missing.map(({ assignmentId, territoryId, role, validFrom, validTo }) => ({
      id: newId(),
      replacesId: assignmentId,
      territoryId,
      role,
      validFrom,
      validTo,
    })),
  )
  await writeAudit(sdb, {
    id: newId(),
    action: 'assignment.replace',
    subjectId: input.absentId,
    detail: {
      replacementId: row.id,
      membershipId: input.substituteId,
      from: input.validFrom,
      validTo: input.validTo,
      territoryIds: given.map(({ territoryId }) => territoryId),
    },
  })
  return {
    orgId: sdb.scope.orgId,
    row: { ...row, absentName, substituteName: substitute.displayName },
    places: given.length,
    left: held.length - given.length,
    standsIn: standing
      .filter(({ substituteId }) => substituteId === input.absentId)
      .map((one) => one.absentName),
  }
}

/** The substitute holds it by himself on all of these days. */
const isSame = (own: HeldPlace, place: HeldPlace): boolean =>
  own.replacesId === null &&
  own.role === place.role &&
  own.territoryId === place.territoryId &&
  own.validFrom <= place.validFrom &&
  (own.validTo === null || (place.validTo !== null && own.validTo >= place.validTo))

/**
 * Another last day for a replacement: yesterday or today ends it, the day before its first calls it off. Both are told.
 * NOT_FOUND, FORBIDDEN, ASSIGNMENT_BEYOND_GRANTER, ASSIGNMENT_DATES, CHANGED_MEANWHILE. Answers the last day it had, to undo.
 */
export async function endReplacement(
  deps: MailDeps,
  inScope: InScope,
  input: { readonly replacementId: string; readonly lastDay: string; readonly known?: string | undefined },
): Promise<{ previous: string }> {
  const { orgId, row } = await inScope(async (sdb) => {
    const found = await lockReplacement(sdb, input.replacementId)
    await requireEndable(sdb, found)
    const { row } = found
    if (row.validTo !== input.lastDay) refuseChanged(input.known, row.validTo)
    await checkEnd(sdb, row, input.lastDay)
    await setReplacementEnd(sdb, row.id, input.lastDay)
    await writeAudit(sdb, {
      id: deps.newId(),
      action: 'assignment.endReplacement',
      subjectId: row.absentId,
      detail: {
        replacementId: row.id,
        membershipId: row.substituteId,
        from: row.validTo,
        to: input.lastDay,
      },
    })
    return { orgId: sdb.scope.orgId, row }
  })
  const ended = input.lastDay < row.validTo
  await mailReplacement(deps, { orgId, replacement: { ...row, validTo: input.lastDay }, ended })
  return { previous: row.validTo }
}

async function requireEndable(
  sdb: ScopedDb,
  { row, places }: Awaited<ReturnType<typeof lockReplacement>>,
): Promise<void> {
  for (const { path, role } of places) requireGrantable(sdb.scope, path, role)
  if (places.length === 0 && (await findInBranches(sdb, row.absentId)) === null)
    throw new FieldbackError('FORBIDDEN', {
      reason: branchesWith(sdb.scope, 'assignment.grant').length > 0 ? 'outside_branch' : 'no_permission',
      permission: 'assignment.grant',
    })
}

/** Over for good, it stays so; run on, it must not meet another. */
async function checkEnd(sdb: ScopedDb, row: ReplacementRow, lastDay: string): Promise<void> {
  const { day } = sdb.scope
  const yesterday = addDays(day, -1)
  const earliest = row.validFrom > day ? addDays(row.validFrom, -1) : yesterday
  const over = row.validTo < yesterday && row.validTo < earliest
  if (over || lastDay < earliest)
    throw new FieldbackError('ASSIGNMENT_DATES', { from: row.validFrom, today: day })
  if (lastDay <= row.validTo || lastDay < row.validFrom) return
  const others = (await replacementsAround(sdb, [row.absentId, row.substituteId])).filter(
    ({ id }) => id !== row.id,
  )
  const [, from = day] = [row.validFrom, day].sort()
  const fault = replacementFault({ ...row, validFrom: from, validTo: lastDay }, others, day)
  if (fault) throw new FieldbackError(fault.code, fault.params)
}
