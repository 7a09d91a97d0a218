import { writeAudit } from '@fieldback/db/audit/audit.repo'
import { readSettings } from '@fieldback/db/org/settings.repo'
import {
  countedBefore,
  type MonthOfReports,
  readRetention,
  writeRule,
} from '@fieldback/db/retention/retention.repo'
import type { ScopedDb } from '@fieldback/db/scoped-db'
import type { Month } from '@fieldback/domain/analytics/period'
import {
  askedRule,
  firstKept,
  type RetentionRule,
  type RetentionYears,
  retentionYears,
  ruleAt,
} from '@fieldback/domain/retention/retention'
import * as z from 'zod'
import { requireWholeOrganisation } from '../access/administer.ts'
import type { Deps } from '../context.ts'
import { refuseChanged } from '../meanwhile.ts'
import { localDay } from '../open-session.ts'
import { router, scopedProcedure } from '../trpc.ts'

const administer = scopedProcedure('organisation.administer')
const rule = z.object({
  years: retentionYears.nullable(),
  next: z.object({ years: retentionYears, startsAt: z.iso.datetime() }).nullable(),
})

export type Retention = RetentionRule & {
  /** Reports before this month are no longer kept; null: all are. */
  readonly keptFrom: Month | null
}

export type RetentionPreview = {
  /** Null: it holds at once, since it erases nothing more. */
  readonly startsAt: string | null
  /** The first month that will be kept when it begins. */
  readonly keptFrom: Month | null
  /** Standing reports that go then, by month. */
  readonly months: readonly MonthOfReports[]
}

type At = { readonly sdb: ScopedDb; readonly deps: Pick<Deps, 'newId' | 'now'> }

/** The rule as it holds now; `lock` keeps it until the transaction ends. */
async function standing({ sdb, deps }: At, lock = false): Promise<Retention & { readonly timeZone: string }> {
  await requireWholeOrganisation(sdb)
  if (lock) await readSettings(sdb, true)
  const { keptFrom, timeZone, ...kept } = await readRetention(sdb.tx, sdb.scope.orgId)
  return { ...ruleAt(kept, deps.now()), keptFrom, timeZone }
}

/** For how long reports are kept: the business of who administers the whole organisation. */
export const retentionRouter = router({
  get: administer.query(async ({ ctx }): Promise<Retention> => {
    const { years, next, keptFrom } = await standing(ctx)
    return { years, next, keptFrom }
  }),

  /** What a rule would erase, and from when on. Changes nothing. */
  preview: administer
    .input(z.object({ years: retentionYears }))
    .query(async ({ ctx, input }): Promise<RetentionPreview> => {
      const { keptFrom, timeZone, ...now } = await standing(ctx)
      const { next } = askedRule(now, input.years, ctx.deps.now())
      if (next === null) return { startsAt: null, keptFrom, months: [] }
      const edge = firstKept(localDay(timeZone, new Date(next.startsAt)), next.years)
      const months = await countedBefore(ctx.sdb, { from: keptFrom, before: edge })
      return { startsAt: next.startsAt, keptFrom: edge, months }
    }),

  /** Asks for another rule: at once where it keeps more, after NOTICE_DAYS where it erases. CHANGED_MEANWHILE. */
  ask: administer
    .input(z.object({ years: retentionYears.nullable(), known: rule.optional() }))
    .mutation(async ({ ctx, input }): Promise<RetentionRule> => {
      const { years, next } = await standing(ctx, true)
      refuseChanged(input.known, { years, next })
      const asked = askedRule({ years, next }, input.years, ctx.deps.now())
      await put(ctx, 'retention.ask', { from: years, to: asked })
      return asked
    }),

  /** Takes back what was announced; done as well when nothing is. */
  callOff: administer.mutation(async ({ ctx }): Promise<RetentionRule> => {
    const { years, next } = await standing(ctx, true)
    const left = { years, next: null }
    if (next !== null) await put(ctx, 'retention.callOff', { from: next.years, to: left })
    return left
  }),
})

async function put(
  { sdb, deps }: At,
  action: string,
  { from, to }: { readonly from: RetentionYears | null; readonly to: RetentionRule },
): Promise<void> {
  await writeRule(sdb, to)
  const { years, next } = to
  const detail = { from, to: next?.years ?? years, validTo: next?.startsAt ?? null }
  await writeAudit(sdb, { id: deps.newId(), action, subjectId: sdb.scope.orgId, detail })
}
