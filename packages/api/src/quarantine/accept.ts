import { findLiveSession } from '@fieldback/db/access/session.repo'
import { writeAudit } from '@fieldback/db/audit/audit.repo'
import { type AsideWhole, findAside, homeOf, settleAside } from '@fieldback/db/quarantine/quarantine.repo'
import type { ScopedDb } from '@fieldback/db/scoped-db'
import { applyEffects } from '@fieldback/db/sync/apply-effects'
import { enqueue } from '@fieldback/db/sync/enqueue'
import { knownFields } from '@fieldback/db/sync/known-fields'
import { type Author, loadPushContext, lockBatch } from '@fieldback/db/sync/load-context'
import { FieldbackError } from '@fieldback/domain/errors'
import { planAccept } from '@fieldback/domain/quarantine/accept'
import { type Fault, faultOf } from '@fieldback/domain/quarantine/fault'
import { asNew, mendAll, type Repair } from '@fieldback/domain/quarantine/repair'
import { type Operation, type QuarantineCode, operation as readable } from '@fieldback/domain/sync/operation'
import { accountMeant } from '@fieldback/domain/sync/place-aside'
import type { PushContext } from '@fieldback/domain/sync/state'
import type { Deps } from '../context.ts'
import { localDay, type Me } from '../open-session.ts'
import { canonicalHash } from '../sync/canonical-hash.ts'
import { normalisePhone } from '../sync/normalise-phone.ts'
import { requireHeld, requirePath } from './require-held.ts'

export type AcceptRequest = { readonly itemId: string; readonly repair: Repair }

/** `refused`: nothing was written; what is in the way now, and how it is mended. */
export type AcceptOutcome =
  | { readonly status: 'accepted'; readonly reportId: string | null }
  | { readonly status: 'refused'; readonly code: QuarantineCode; readonly fault: Fault }

/**
 * Files what was put aside in its author's name, with its receipt, facts and ledger, exactly as a push would have: what
 * either of the two held is allowed, on accounts that the manager reaches. NOT_FOUND, FORBIDDEN; QUARANTINE_SETTLED when
 * somebody else has settled it otherwise. Asked again by the same person, it answers as before.
 */
export async function accept(
  sdb: ScopedDb,
  { itemId, repair }: AcceptRequest,
  { deps, me }: { readonly deps: Deps; readonly me: Me },
): Promise<AcceptOutcome> {
  const found = requireHeld(sdb.scope, await findAside(sdb, itemId, { lock: true }), 'quarantine')
  if (found.settled) return acceptedBefore(sdb, found)
  const now = deps.now()
  const author = await authorOf(sdb, found, now)
  const aside = { ...found, id: itemId }
  const fresh = asNew(found.operation, aside)
  const operations = [fresh, mendAll(fresh, repair)].flatMap((one) => readable.safeParse(one).data ?? [])
  const context = await loadPushContext(sdb.tx, author, operations, {
    localDay: (instant) => localDay(me.timeZone, new Date(instant)),
    phone: normalisePhone,
    hash: canonicalHash,
    fields: knownFields(deps.db),
    locked: await lockBatch(sdb.tx, author, operations, []),
  })
  const plan = planAccept(context, aside, { repair, now: now.toISOString() })
  if (plan.status === 'refused') {
    const { code, path } = plan
    return { status: 'refused', code, fault: faultOf({ code, path, operation: fresh }) }
  }
  await requireReach(sdb, context, plan.operation)
  await applyEffects(sdb.tx, author, context, plan.effects)
  if (plan.effects.facts.length > 0) await enqueue(sdb.tx, 'fold', sdb.scope.orgId)
  const { operation, answer } = plan
  await settleAside(sdb, { itemId, kind: 'accepted', word: null, operation, answer, at: now })
  await writeAudit(sdb, {
    id: deps.newId(),
    action: 'quarantine.accept',
    subjectId: itemId,
    detail: {
      membershipId: found.author.id,
      territoryId: found.place.id,
      code: found.code,
      count: plan.mended.length,
      mended: plan.mended.map(({ of }) => of),
    },
  })
  return { status: 'accepted', reportId: reportOf(operation) }
}

const reportOf = ({ kind, entityId }: Operation): string | null =>
  kind.startsWith('report.') ? entityId : null

/** The answer to the same decision of the same person was lost on its way; anybody else's comes too late. */
function acceptedBefore(sdb: ScopedDb, { settled, accepted }: AsideWhole): AcceptOutcome {
  if (settled?.kind !== 'accepted' || settled.by.id !== sdb.scope.membershipId || !accepted)
    throw new FieldbackError('QUARANTINE_SETTLED', { name: settled?.by.name ?? '' })
  return { status: 'accepted', reportId: reportOf(accepted) }
}

/** Whoever typed it, with the manager's rights of today beside his own: what the manager may do there, he may let stand. */
async function authorOf(sdb: ScopedDb, { author, deviceId }: AsideWhole, now: Date): Promise<Author> {
  const { orgId, grants } = sdb.scope
  const ids = { orgId, membershipId: author.id, deviceId }
  const live = await findLiveSession(sdb.tx, { ...ids, provedAt: now.getTime() })
  const lent = grants.map((grant) => ({ ...grant, validFrom: '0001-01-01', validTo: null }))
  return { ...ids, assignments: [...(live?.assignments ?? []), ...lent] }
}

/** Nothing is filed where the manager reaches nothing, even where its author did. */
async function requireReach(sdb: ScopedDb, context: PushContext, operation: Operation): Promise<void> {
  if (operation.kind === 'account.create' && !context.accounts.has(operation.entityId))
    return requirePath(sdb.scope, context.territories.get(operation.body.territoryId)?.path ?? '')
  const accountId = accountMeant(context, operation)
  requireHeld(sdb.scope, accountId === null ? null : await homeOf(sdb, accountId), 'account')
}
