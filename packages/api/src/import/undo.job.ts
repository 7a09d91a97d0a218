import type { OrgTx } from '@fieldback/db/client'
import { holdTypes } from '@fieldback/db/field/conversion.repo'
import { lockPublications } from '@fieldback/db/field/field.repo'
import { takePeopleBack } from '@fieldback/db/import/people.repo'
import { takeTerritoriesBack } from '@fieldback/db/import/territories.repo'
import {
  accountsToUndo,
  clearRefs,
  contactsToUndo,
  deleteAccounts,
  deleteContacts,
} from '@fieldback/db/import/undo.repo'
import {
  type DoneLine,
  noteKept,
  type Progress,
  takeDoneLines,
  type Work,
} from '@fieldback/db/import/work.repo'
import { writeRecords } from '@fieldback/db/sync/write-records'
import type { KeptReason } from '@fieldback/domain/import/import'
import { planUndo } from '@fieldback/domain/import/plan-undo'
import { type Ground, groundOf, moveAccounts, scopedAs } from './records.job.ts'
import { type ImportDeps, type Stop, throughBatches } from './work.ts'

const LINES_A_BATCH = 500
/** Territories and people hang together, and are few. */
const LINES_TOGETHER = 50_000

export type Kept = { readonly line: number; readonly reason: KeptReason }
type TakeBack = (tx: OrgTx, lines: readonly DoneLine[]) => Promise<readonly Kept[]>

/** Takes an import back, a bounded transaction at a time; what stays is counted and listed. False when stopped. */
export async function undoImport(deps: ImportDeps, work: Work, stop: Stop): Promise<boolean> {
  const takeBack = TAKERS[work.kind](deps, work, await groundOf(deps, work))
  return throughBatches<Progress & Pick<Work, 'back' | 'kept'>>(
    { deps, work, stop },
    work.kind === 'territories' ? { most: LINES_TOGETHER, least: LINES_TOGETHER } : { most: LINES_A_BATCH },
    async (tx, { handled, position, back, kept }, limit) => {
      const lines = await takeDoneLines(tx, work, position, limit)
      const last = lines.at(-1)
      if (!last) return null
      const left = await takeBack(tx, lines)
      await noteKept(tx, work, left)
      return {
        handled: handled + lines.length,
        position: last.line,
        back: back + lines.length - left.length,
        kept: kept + left.length,
      }
    },
  )
}

const TAKERS: Readonly<Record<Work['kind'], (deps: ImportDeps, work: Work, ground: Ground) => TakeBack>> = {
  accounts: takeAccounts,
  contacts: takeContacts,
  people:
    (_, work, { day }) =>
    async (tx, lines) => {
      const kept = await takePeopleBack(
        tx,
        work.orgId,
        lines.map(({ recordId, effect }) => ({
          membershipId: recordId,
          created: effect.created,
          assignmentId: effect.assignmentId ?? null,
        })),
        day,
      )
      return lines.flatMap(({ line, recordId }) =>
        kept.has(recordId) ? [{ line, reason: 'USED' as const }] : [],
      )
    },
  territories: (_, work) => async (tx, lines) => {
    // As every closing does: access that is given back meanwhile is seen, or sees what closed.
    await lockPublications({ tx, scope: work })
    const kept = await takeTerritoriesBack(
      tx,
      work.orgId,
      lines.map(({ recordId, effect }) => ({ id: recordId, effect })),
    )
    return lines.flatMap(({ line, recordId, effect }) =>
      kept.has(recordId) ? [{ line, reason: effect.created ? ('USED' as const) : ('CHANGED' as const) }] : [],
    )
  },
}

const authorOf = (work: Work) => ({ membershipId: work.createdBy, importId: work.id })
const writerOf = (work: Work) => ({ orgId: work.orgId, membershipId: work.createdBy })

function takeAccounts(deps: ImportDeps, work: Work, { territories, fields, day }: Ground): TakeBack {
  return async (tx, lines) => {
    const conversions = await holdTypes(tx, work.orgId, 'keep')
    const records = await accountsToUndo(tx, work, lines)
    const accounts = new Map(records.flatMap(({ row }) => (row === null ? [] : [[row.id, row] as const])))
    const plan = planUndo(
      {
        entity: 'account',
        versions: fields.versions,
        conversions,
        accountOf: ({ id }) => ({ id, territoryId: accounts.get(id)?.territoryId ?? '' }),
        author: authorOf(work),
      },
      records,
    )
    const context = {
      territories: territories.byId,
      accounts,
      definitions: fields.live,
      versions: fields.versions,
    }
    await writeRecords(tx, writerOf(work), context, { ...plan, accounts: plan.restored, contacts: new Map() })
    const cleared = plan.changes.filter(({ after }) => after.ref === null).map(({ entityId }) => entityId)
    await clearRefs(tx, work.orgId, cleared)
    await moveAccounts(deps, scopedAs(tx, work, day), territories, plan.moves)
    await deleteAccounts(
      tx,
      work.orgId,
      plan.deleted.map(({ id }) => id),
    )
    return plan.kept
  }
}

function takeContacts(_: ImportDeps, work: Work, { territories, fields }: Ground): TakeBack {
  return async (tx, lines) => {
    const conversions = await holdTypes(tx, work.orgId, 'keep')
    const { records, homes } = await contactsToUndo(tx, work, lines)
    const accountOf = new Map(
      records.flatMap(({ row }) => (row === null ? [] : [[row.id, row.accountId] as const])),
    )
    const plan = planUndo(
      {
        entity: 'contact',
        versions: fields.versions,
        conversions,
        accountOf: ({ id }) => {
          const account = accountOf.get(id) ?? ''
          return { id: account, territoryId: homes.get(account) ?? '' }
        },
        author: authorOf(work),
      },
      records,
    )
    const accounts = new Map([...homes].map(([id, territoryId]) => [id, { territoryId }]))
    const context = {
      territories: territories.byId,
      accounts,
      definitions: fields.live,
      versions: fields.versions,
    }
    await writeRecords(tx, writerOf(work), context, { ...plan, contacts: plan.restored, accounts: new Map() })
    await deleteContacts(
      tx,
      work.orgId,
      plan.deleted.map(({ id }) => id),
    )
    return plan.kept
  }
}
