import { type Db, inOrg } from '@fieldback/db/client'
import { unsafeLookAtSteadiness, unsafeNextUnlooked } from '@fieldback/db/waste/steadiness.repo'
import { addMonths, firstDay, monthOfDay } from '@fieldback/domain/analytics/period'
import { AUDIT_MONTHS } from '@fieldback/domain/waste/audit-field'

/**
 * Looks once a month how answers of one account follow each other, the questions of one territory in a transaction.
 * Asked again within the month it finds nothing to do; `stop` ends it between two.
 */
export async function lookAtSteadiness(
  { db, now }: { readonly db: Db; readonly now: () => Date },
  orgId: string,
  stop?: AbortSignal,
): Promise<{ readonly territories: number; readonly done: boolean }> {
  const day = now().toISOString().slice(0, 10)
  const month = monthOfDay(day)
  for (let territories = 0; ; territories++) {
    if (stop?.aborted) return { territories, done: false }
    const looked = await inOrg(db, orgId, async (tx) => {
      const next = await unsafeNextUnlooked(tx, orgId, firstDay(month))
      if (next)
        await unsafeLookAtSteadiness(tx, orgId, {
          ...next,
          since: firstDay(addMonths(month, -AUDIT_MONTHS)),
          day,
        })
      return next !== null
    })
    if (!looked) return { territories, done: true }
  }
}
