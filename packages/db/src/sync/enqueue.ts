import { setTimeout } from 'node:timers/promises'
import type { Db } from '../client.ts'
import type { OrgSql } from '../org-sql.ts'

/** Asks for one run of an organisation's job; requests made while one waits become one. */
export async function enqueue(tx: OrgSql, task: string, orgId: string): Promise<void> {
  await tx.$executeRaw`SELECT enqueue_job(${task}, json_build_object('orgId', ${orgId}::text), ${`${task}:${orgId}`})`
}

/**
 * Between two requests of an organisation, in milliseconds, by how many the last one stood for: a fold of two facts costs
 * almost as much as one of fifty, and in a rush the more come together, the fewer cells each of them writes.
 */
const pauseAfter = (asked: number): number => Math.min(PAUSE.longest, PAUSE.least + PAUSE.each * asked)
const PAUSE = { least: 800, each: 20, longest: 1_200 }

type Asking = {
  /** A request that is not sent yet: it stands for all who join it meanwhile. */
  unsent: Promise<void> | null
  /** How many that request stands for. */
  asked: number
  sending: Promise<void>
  /** Before which none is sent. */
  notBefore: number
}
const asking = new WeakMap<Db, Map<string, Asking>>()

/**
 * Asks for the fold of an organisation's facts once they are committed, in a statement of its own: in the transaction of
 * each push, the one row of the job would make all pushes of an organisation wait for each other's commit. Nothing is
 * lost when it fails or the machine stops: the worker looks for waiting facts every minute.
 */
export function askForFold(db: Db, orgId: string): Promise<void> {
  const state = stateOf(db, orgId)
  state.asked += 1
  state.unsent ??= state.sending
    .catch(() => {})
    .then(() => setTimeout(Math.max(0, state.notBefore - performance.now())))
    .then(() => {
      state.unsent = null
      state.notBefore = performance.now() + pauseAfter(state.asked - 1)
      state.asked = 0
      state.sending = sendFold(db, orgId)
      return state.sending
    })
  return state.unsent
}

function stateOf(db: Db, orgId: string): Asking {
  const states = asking.get(db) ?? new Map<string, Asking>()
  asking.set(db, states)
  const state = states.get(orgId) ?? { unsent: null, asked: 0, sending: Promise.resolve(), notBefore: 0 }
  states.set(orgId, state)
  return state
}

// Not waited for on the disk: see above.
async function sendFold(db: Db, orgId: string): Promise<void> {
  await db.prisma.$executeRaw`
    SELECT set_config('synchronous_commit', 'off', true), enqueue_job('fold', json_build_object('orgId', ${orgId}::text), ${`fold:${orgId}`})`
}

/** Asks for what was pushed of sub-sectors, once it is committed; the worker finds it by itself within a minute too. */
export async function askForArranging(db: Db, orgId: string): Promise<void> {
  await db.prisma
    .$executeRaw`SELECT enqueue_job('arrange', json_build_object('orgId', ${orgId}::text), ${`arrange:${orgId}`})`
}
