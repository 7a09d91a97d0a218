import type { Db, OrgTx } from '../client.ts'

/** Asks for one run of an organisation's job; requests made while one waits become one. */
export async function enqueue(tx: OrgTx, task: string, orgId: string): Promise<void> {
  await tx.$executeRaw`SELECT enqueue_job(${task}, json_build_object('orgId', ${orgId}::text), ${`${task}:${orgId}`})`
}

/** Requests that are not sent yet, by organisation: each stands for all who join it meanwhile. */
const unsent = new WeakMap<Db, Map<string, Promise<void>>>()
const sending = new WeakMap<Db, Map<string, Promise<void>>>()

/**
 * Asks for the fold of an organisation's facts once they are committed, in a statement of its own: in the transaction of
 * each push, the one row of the job would make all pushes of an organisation wait for each other's commit. Nothing is
 * lost when it fails or the machine stops: the worker looks for waiting facts every minute.
 */
export function askForFold(db: Db, orgId: string): Promise<void> {
  const waiting = mapOf(unsent, db)
  const joined = waiting.get(orgId)
  if (joined) return joined
  const before = mapOf(sending, db).get(orgId) ?? Promise.resolve()
  const asked = before
    .catch(() => {})
    .then(() => {
      waiting.delete(orgId)
      const sent = sendFold(db, orgId)
      mapOf(sending, db).set(orgId, sent)
      return sent
    })
  waiting.set(orgId, asked)
  return asked
}

function mapOf(maps: WeakMap<Db, Map<string, Promise<void>>>, db: Db): Map<string, Promise<void>> {
  const known = maps.get(db) ?? new Map<string, Promise<void>>()
  maps.set(db, known)
  return known
}

// Not waited for on the disk: see above.
async function sendFold(db: Db, orgId: string): Promise<void> {
  await db.prisma.$executeRaw`
    SELECT set_config('synchronous_commit', 'off', true), enqueue_job('fold', json_build_object('orgId', ${orgId}::text), ${`fold:${orgId}`})`
}
