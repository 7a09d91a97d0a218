import { touchDevice } from '@fieldback/db/access/device.repo'
import { FieldbackError } from '@fieldback/domain/errors'
import { sealedKey } from '@fieldback/domain/sync/handover'
import { BATCH_MAX, PROTOCOL } from '@fieldback/domain/sync/operation'
import * as z from 'zod'
import { memberProcedure, router, sessionProcedure, sqlProcedure } from '../trpc.ts'
import { type PhoneKeys, phoneKeys, recoverKey } from './phone-keys.ts'
import { pull } from './pull.ts'
import { push } from './push.ts'

/** Whose outbox or cache the phone speaks for: never mixed with another person's session. */
const pushInput = z.object({
  protocol: z.int(),
  membershipId: z.uuid(),
  /** Of the last page pulled; absent on a phone that pulled none. */
  epoch: z.uuid().nullable().default(null),
  operations: z.array(z.unknown()).min(1).max(BATCH_MAX),
})
const pullInput = z.object({
  protocol: z.int(),
  /** null on a phone that knows nobody yet. */
  membershipId: z.uuid().nullable(),
  /** Grows with the lists that the phone keeps. */
  cursor: z.string().max(50_000).nullable(),
  frameTag: z.string().max(64).nullable(),
  packAsOf: z.iso.datetime().nullable(),
  /** Absent on a phone of an earlier version. */
  contestsTag: z.string().max(64).nullable().default(null),
  opinionsTag: z.string().max(64).nullable().default(null),
  /** The phone keeps the items of lists. */
  keepsLists: z.boolean().default(false),
})

function checkCaller(input: { protocol: number; membershipId: string | null }, membershipId: string): void {
  if (input.protocol !== PROTOCOL)
    throw new FieldbackError('PROTOCOL_UNKNOWN', { supported: [String(PROTOCOL)] })
  if (input.membershipId !== null && input.membershipId !== membershipId)
    throw new FieldbackError('MEMBERSHIP_OTHER')
}

export const syncRouter = router({
  /** A batch of operations in, one answer each out. Rights are judged per operation, at its capture. */
  push: sessionProcedure.input(pushInput).mutation(async ({ ctx, input }) => {
    checkCaller(input, ctx.session.membershipId)
    return {
      answers: await push(ctx.deps, ctx.session, input.operations, input.epoch),
      serverTime: ctx.deps.now().toISOString(),
    }
  }),

  /**
   * What changed in the reader's branches since his cursor. A page of a first load reads a whole portfolio, and is asked for
   * again for as long as it fails: it may take longer than a screen.
   */
  pull: sqlProcedure('report.create', { plans: 'auto', timeout: 6_000 })
    .input(pullInput)
    .mutation(async ({ ctx, input }) => {
      checkCaller(input, ctx.session.membershipId)
      await touchDevice(ctx.sdb)
      return pull(ctx.sdb, ctx.me, input, ctx.deps.now())
    }),

  /** What a phone keeps for the day when it is locked for good, or withdrawn. */
  keys: memberProcedure.query(({ ctx }): Promise<PhoneKeys> => phoneKeys(ctx.sdb)),

  /** The key of a phone whose person forgot its code and has just signed in. */
  recoverKey: memberProcedure
    .input(z.object({ membershipId: z.uuid(), sealedKey }))
    .mutation(({ ctx, input }): Promise<string> => {
      if (input.membershipId !== ctx.session.membershipId) throw new FieldbackError('MEMBERSHIP_OTHER')
      return recoverKey(ctx.sdb, ctx.session, { sealedKey: input.sealedKey, now: ctx.deps.now() })
    }),
})
