import { addDeltas, findLines } from '@fieldback/db/analytics/fold.repo'
import type { Db } from '@fieldback/db/client'
import {
  accountsAfter,
  advanceCount,
  type ChangeCount,
  countAccounts,
  nextCount,
  versionsOfField,
} from '@fieldback/db/field/change-count.repo'
import { answeredOf, holdTypes } from '@fieldback/db/field/conversion.repo'
import type { OrgSql } from '@fieldback/db/org-sql'
import { countedBefore } from '@fieldback/domain/analytics/counted-before'
import { countingPlace, idsBehind } from '@fieldback/domain/field/conversion'
import { tallyConversion } from '@fieldback/domain/field/tally-conversion'
import { alongTree, keepCountedTree } from '../analytics/counted-tree.ts'
import { normalisePhone } from '../sync/normalise-phone.ts'

/** Accounts of one transaction, for which pushes wait: a fraction of a second with some reports each. */
const ACCOUNTS_A_BATCH = 300
/** A batch that took longer would be tried again for ever: on a slow machine it gets its time. */
const TIMEOUT_MS = 20_000

/**
 * Counts what was answered before questions took another type, some accounts at a time, home by home. How far
 * it is is committed with what it added, and whoever writes a document meanwhile knows it: each counts once, whenever this
 * is killed. `stop` ends it between two transactions.
 */
export async function countChanges(
  { db }: { readonly db: Db },
  orgId: string,
  stop?: AbortSignal,
): Promise<{ readonly batches: number; readonly done: boolean }> {
  for (let batches = 0; ; batches++) {
    if (stop?.aborted) return { batches, done: false }
    const more = await alongTree(db, orgId, (tx) => countBatch(tx, orgId), {
      timeout: TIMEOUT_MS,
      plans: 'auto',
    })
    if (!more) return { batches, done: true }
  }
}

/** False when nothing is left to count. */
async function countBatch(tx: OrgSql, orgId: string): Promise<boolean> {
  const conversions = await holdTypes(tx, orgId, 'change')
  const next = await nextCount(tx, orgId)
  const conversion = conversions.find(({ fieldId }) => fieldId === next?.fieldId)
  if (!next || !conversion) return false
  const { fieldId, counting } = next
  await keepCountedTree(tx, orgId)
  const accounts = await accountsAfter(tx, orgId, { after: counting.to, limit: ACCOUNTS_A_BATCH })
  const before = conversions.filter((one) => one !== conversion)
  const documents = await answeredOf(tx, orgId, {
    entity: conversion.entity,
    ids: idsBehind(conversion, before),
    now: fieldId,
    accounts: accounts.map(({ id }) => id),
  })
  const versions = await versionsOfField(tx, orgId, fieldId)
  const lineOf = await findLines(tx, orgId, {
    territoryIds: documents.flatMap(({ thenAt, todayAt }) => [todayAt, ...(thenAt ? [thenAt] : [])]),
    days: documents.flatMap(({ thenAt, day }) => (thenAt ? [day] : [])),
  })
  const deltas = countedBefore(
    conversion,
    {
      before,
      documents,
      definitionOf: (id, version) => (id === fieldId ? versions.get(version) : undefined),
    },
    lineOf,
  )
  await addDeltas(tx, orgId, { ...deltas, days: [], people: [], ledger: [], took: [], returns: [] })
  const found = tallyConversion(conversion, { before, documents, phone: normalisePhone })
  const of = counting.to === null ? await countAccounts(tx, orgId) : counting.of
  const sum = (key: 'answered' | 'converted' | 'left' | 'unknown') => counting[key] + found[key]
  const last = accounts.at(-1)
  const reached: ChangeCount = {
    to: last ? countingPlace(last) : counting.to,
    accounts: counting.accounts + accounts.length,
    of,
    answered: sum('answered'),
    converted: sum('converted'),
    left: sum('left'),
    unknown: sum('unknown'),
  }
  await advanceCount(tx, orgId, { fieldId, counting: reached, done: accounts.length < ACCOUNTS_A_BATCH })
  return true
}
