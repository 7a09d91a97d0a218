import { unsafeWriteAudits } from '@fieldback/db/audit/audit.repo'
import { inOrg, type OrgTx } from '@fieldback/db/client'
import {
  unsafeEndSweep,
  unsafeEraseReports,
  unsafeEraseTrails,
  unsafeHoldRule,
  unsafeMembersAfter,
  unsafeMoveEdge,
  unsafeOldReports,
} from '@fieldback/db/retention/erase.repo'
import { readRetention } from '@fieldback/db/retention/retention.repo'
import { firstDay } from '@fieldback/domain/analytics/period'
import { firstKept, ruleAt } from '@fieldback/domain/retention/retention'
import type { Deps } from '../context.ts'
import { deleteFiles } from '../media/sweep.ts'
import { localDay } from '../open-session.ts'

/** Reports of one transaction, which phones and folds wait for less than a second. */
const REPORTS_A_BATCH = 500
const MEMBERS_A_BATCH = 20
/** On a slow machine it gets its time: a batch that is too slow would be tried again for ever. */
const BATCH_TX = { timeout: 20_000 }
const FIRST = '00000000-0000-0000-0000-000000000000'

export type EraseDeps = Pick<Deps, 'db' | 'newId' | 'now' | 'storage'> & {
  /** Reports of one transaction. */
  readonly batch?: number
}

export type Erased = { readonly reports: number; readonly done: boolean }

/**
 * Erases the reports that an organisation's rule no longer keeps, whole months of them, with all that hangs on them; what was
 * counted of them stays (ADR 059). Killed anywhere, it goes on; taken back on the way, the rule ends it. `stop` ends it between two transactions; `done` is false then.
 */
export async function eraseReports(deps: EraseDeps, orgId: string, stop?: AbortSignal): Promise<Erased> {
  const { db, newId, storage, batch = REPORTS_A_BATCH } = deps
  if (!(await inOrg(db, orgId, (tx) => beginSweep(tx, orgId, deps.now())))) return { reports: 0, done: true }
  let reports = 0
  for (;;) {
    if (stop?.aborted) return { reports, done: false }
    const old = await inOrg(db, orgId, (tx) => unsafeOldReports(tx, orgId, batch))
    if (old.reports.length === 0) break
    // Before their rows: cut short here, it finds them again.
    for (const media of old.media) await deleteFiles(storage, media)
    const erased = await inOrg(db, orgId, (tx) => unsafeEraseReports(tx, old), BATCH_TX)
    if (erased === 0) return { reports, done: false }
    reports += erased
  }
  for (let after: string | undefined = FIRST; after !== undefined; ) {
    if (stop?.aborted) return { reports, done: false }
    const from: string = after
    const members = await inOrg(db, orgId, (tx) =>
      unsafeMembersAfter(tx, orgId, { after: from, limit: MEMBERS_A_BATCH }),
    )
    await inOrg(db, orgId, (tx) => unsafeEraseTrails(tx, members), BATCH_TX)
    after = members.at(-1)
  }
  await inOrg(db, orgId, async (tx) => {
    const { keptFrom } = await readRetention(tx, orgId)
    const erased = await unsafeEndSweep(tx, orgId)
    if (erased === 0) return
    const detail = { count: erased, to: keptFrom && firstDay(keptFrom) }
    await unsafeWriteAudits(tx, orgId, [{ id: newId(), action: 'retention.erase', subjectId: orgId, detail }])
  })
  return { reports, done: true }
}

/** Moves the edge to where the rule has it today; false: reports are kept for ever. */
async function beginSweep(tx: OrgTx, orgId: string, now: Date): Promise<boolean> {
  await unsafeHoldRule(tx, orgId)
  const kept = await readRetention(tx, orgId)
  const { years } = ruleAt(kept, now)
  if (years === null) return false
  await unsafeMoveEdge(tx, orgId, { years, keptFrom: firstKept(localDay(kept.timeZone, now), years) })
  return true
}
