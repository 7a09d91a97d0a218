import type { RollupFact } from '../analytics/fact.ts'
import type { Answer, Answers } from '../field/answer.ts'
import { sameValue } from '../sync/merge.ts'
import type { AccountState, ChangeEntry, PushContext } from '../sync/state.ts'
import { stockChange } from '../sync/stock-change.ts'
import type { KeptReason } from './import.ts'

type Row = { readonly id: string; readonly version: number; readonly values: Answers }

/** A record that a line made or changed, as it stands now. */
export type UndoneRecord<R extends Row> = {
  readonly line: number
  readonly created: boolean
  /** The version that the line made. */
  readonly version: number
  /** Null when it was deleted since. */
  readonly row: R | null
  /** Whether something hangs on it that the import did not bring: a report, a contact, a callback. */
  readonly used: boolean
  /** What the line changed, key by key. */
  readonly change: Pick<ChangeEntry, 'before' | 'after'>
}

export type UndoPlan = {
  readonly entity: 'account' | 'contact'
  readonly versions: PushContext['versions']
  readonly conversions: PushContext['conversions']
  /** The account at whose home a record's answers are counted. */
  readonly accountOf: (row: Row) => Pick<AccountState, 'id' | 'territoryId'>
  readonly author: { readonly membershipId: string; readonly importId: string }
}

export type UndoEffects<R extends Row> = {
  readonly restored: ReadonlyMap<string, R>
  readonly deleted: readonly R[]
  readonly changes: readonly ChangeEntry[]
  readonly facts: readonly RollupFact[]
  /** Accounts that go back to the home they had. */
  readonly moves: readonly { readonly accountId: string; readonly to: string }[]
  readonly kept: readonly { readonly line: number; readonly reason: KeptReason }[]
}

/**
 * Decides what becomes of a batch: what the import made and nobody used or changed is deleted; what it changed gets back
 * each earlier value that nobody changed since. The rest is told.
 */
export function planUndo<R extends Row>(plan: UndoPlan, records: readonly UndoneRecord<R>[]): UndoEffects<R> {
  const restored = new Map<string, R>()
  const deleted: R[] = []
  const changes: ChangeEntry[] = []
  const facts: RollupFact[] = []
  const moves: { accountId: string; to: string }[] = []
  const kept: { line: number; reason: KeptReason }[] = []
  const note = (row: R, change: Pick<ChangeEntry, 'before' | 'after'>): void => {
    const { membershipId, importId } = plan.author
    const version = row.version + 1
    changes.push({
      entity: plan.entity,
      entityId: row.id,
      version,
      membershipId,
      opId: importId,
      kind: 'import.undo',
      ...change,
    })
  }
  for (const record of records) {
    const { line, row, created } = record
    const verdict = created ? deletion(record) : back(record)
    if (verdict.reason) kept.push({ line, reason: verdict.reason })
    if (row === null || verdict.change === null) continue
    note(row, verdict.change)
    if (created) {
      deleted.push(row)
      facts.push(...stockChange(plan, plan.accountOf(row), row.values, {}))
      continue
    }
    const next = withKeys(row, verdict.change.after)
    restored.set(row.id, next)
    facts.push(...stockChange(plan, plan.accountOf(row), row.values, next.values))
    const home = verdict.change.after.territoryId
    if (typeof home === 'string') moves.push({ accountId: row.id, to: home })
  }
  return { restored, deleted, changes, facts, moves, kept }
}

type Verdict = {
  readonly reason: KeptReason | null
  readonly change: Pick<ChangeEntry, 'before' | 'after'> | null
}

/** A record that the import made: its home is part of what must be as it was. */
function deletion<R extends Row>({ row, used, version, change }: UndoneRecord<R>): Verdict {
  if (row === null) return { reason: 'GONE', change: null }
  if (used) return { reason: 'USED', change: null }
  const moved =
    'territoryId' in change.after && !sameValue(valueAt(row, 'territoryId'), change.after.territoryId)
  if (row.version !== version || moved) return { reason: 'CHANGED', change: null }
  return { reason: null, change: { before: { deleted: false }, after: { deleted: true } } }
}

/** A record that the import changed: each key that still says what the import wrote goes back. */
function back<R extends Row>({ row, change }: UndoneRecord<R>): Verdict {
  if (row === null) return { reason: 'GONE', change: null }
  const keys = Object.keys(change.after)
  const untouched = keys.filter((key) => sameValue(valueAt(row, key) ?? null, change.after[key] ?? null))
  if (untouched.length === 0) return { reason: 'CHANGED', change: null }
  const pick = (from: Readonly<Record<string, unknown>>) =>
    Object.fromEntries(untouched.map((key) => [key, from[key] ?? null]))
  return {
    reason: untouched.length < keys.length ? 'CHANGED' : null,
    change: { before: pick(change.after), after: pick(change.before) },
  }
}

const VALUE = 'values.'

const valueAt = (row: Row, key: string): unknown =>
  key.startsWith(VALUE)
    ? row.values[key.slice(VALUE.length)]
    : (row as unknown as Record<string, unknown>)[key]

/** The row with some keys set; the home is left to the move. */
function withKeys<R extends Row>(row: R, keys: Readonly<Record<string, unknown>>): R {
  const values: Record<string, Answer> = { ...row.values }
  const plain: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(keys)) {
    if (!key.startsWith(VALUE)) {
      if (key !== 'territoryId') plain[key] = value
    } else if (value === null) delete values[key.slice(VALUE.length)]
    else values[key.slice(VALUE.length)] = value as Answer
  }
  return { ...row, ...plain, values, version: row.version + 1 }
}
