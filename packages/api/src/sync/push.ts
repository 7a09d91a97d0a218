import { inOrgSql } from '@fieldback/db/org-sql'
import { applyEffects } from '@fieldback/db/sync/apply-effects'
import { askForArranging, askForFold } from '@fieldback/db/sync/enqueue'
import { knownFields } from '@fieldback/db/sync/known-fields'
import { type Author, loadPushContext, lockBatch } from '@fieldback/db/sync/load-context'
import { FieldbackError } from '@fieldback/domain/errors'
import type { OperationAnswer } from '@fieldback/domain/sync/operation'
import { type Parsed, parseOperation, planBatch, storable } from '@fieldback/domain/sync/plan-batch'
import type { Deps, SessionIds } from '../context.ts'
import { localDay, openSession } from '../open-session.ts'
import { canonicalHash } from './canonical-hash.ts'
import { normalisePhone } from './normalise-phone.ts'

/**
 * Takes a batch in one transaction, set-based. Should anything fail, the batch is rolled back and replayed one
 * transaction per operation, so that one bad operation never holds back the others; an operation that still fails is
 * answered "waiting": the phone keeps it and sends it again. `epoch` names the data that the phone was filled from:
 * EPOCH_CHANGED, and nothing taken, once a backup was restored. The phone then first learns what this copy lacks, so
 * that what follows from it does not come before it.
 */
export async function push(
  deps: Deps,
  session: SessionIds,
  operations: readonly unknown[],
  epoch: string | null = null,
): Promise<readonly OperationAnswer[]> {
  const batch = operations
    .map((sent) => storable(sent))
    .map((raw) => parseOperation({ raw, hash: canonicalHash(raw) }))
  try {
    return await pushTogether(deps, session, batch, epoch)
  } catch (error) {
    if (error instanceof FieldbackError) throw error
    deps.log.warn('sync.replay', {
      operations: batch.length,
      error: error instanceof Error ? error.name : 'unknown',
    })
  }
  const answers: OperationAnswer[] = []
  for (const item of batch) answers.push(await pushAlone(deps, session, item))
  return answers
}

async function pushAlone(deps: Deps, session: SessionIds, item: Parsed): Promise<OperationAnswer> {
  try {
    const [answer] = await pushTogether(deps, session, [item])
    if (answer) return answer
  } catch (error) {
    if (error instanceof FieldbackError) throw error
    deps.log.error('sync.operation-failed', {
      kind: item.operation?.kind ?? 'malformed',
      error: error instanceof Error ? error.name : 'unknown',
    })
  }
  return { status: 'waiting', opId: item.operation?.opId ?? '' }
}

async function pushTogether(
  deps: Deps,
  session: SessionIds,
  batch: readonly Parsed[],
  epoch: string | null = null,
): Promise<readonly OperationAnswer[]> {
  const now = deps.now()
  const { answers, facts, arrangements } = await inOrgSql(deps.db, session.orgId, async (tx) => {
    const known = batch.flatMap(({ operation }) => operation ?? [])
    const unread = batch.flatMap(({ operation, place }) => (operation === null && place ? place : []))
    // Asked together: what was locked for a session that is refused is let go of with it.
    const [{ me }, locked] = await Promise.all([
      openSession(tx, session, now),
      lockBatch(tx, session, known, unread),
    ])
    if (epoch !== null && epoch !== me.epoch) throw new FieldbackError('EPOCH_CHANGED')
    const author: Author = { ...session, assignments: me.assignments }
    const context = await loadPushContext(tx, author, known, {
      localDay: (instant) => localDay(me.timeZone, new Date(instant)),
      phone: normalisePhone,
      hash: canonicalHash,
      fields: knownFields(deps.db),
      locked,
    })
    const effects = planBatch(context, batch, now.toISOString())
    await applyEffects(tx, author, context, effects)
    return effects
  })
  // Nobody waits for it: the reports are committed, and the worker finds forgotten facts by itself.
  const notAsked = (job: string) => (error: unknown) =>
    deps.log.warn(`sync.${job}-not-asked`, { error: error instanceof Error ? error.name : 'unknown' })
  if (facts.length > 0) askForFold(deps.db, session.orgId).catch(notAsked('fold'))
  if (arrangements.length > 0) askForArranging(deps.db, session.orgId).catch(notAsked('arrange'))
  return answers
}
