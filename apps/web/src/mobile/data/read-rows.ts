import type { Answers } from '@fieldback/domain/field/answer'
import type { FieldDefinition } from '@fieldback/domain/field/field-spec'
import { readDocument } from '@fieldback/domain/field/read-as'
import type { Frame } from '@fieldback/domain/sync/pull'
import type { CacheRows } from './cache.ts'

type Row = { readonly id: string; readonly values: Answers }

/** Rows read already for a frame: most are the same at the next change. */
const known = new WeakMap<Frame, WeakMap<Row, Row>>()

/** Rows as today's questions read them: what was said to a question that was made into another is said to that one. */
export function readRows(rows: CacheRows, frame: Frame): CacheRows {
  const made = frame.fields.filter((field) => field.merges?.live)
  if (made.length === 0) return rows
  const before = whole.get(rows)
  if (before?.frame === frame) return before.read
  const read = readAll(rows, frame, made)
  whole.set(rows, { frame, read })
  return read
}

const whole = new WeakMap<CacheRows, { readonly frame: Frame; readonly read: CacheRows }>()

function readAll(rows: CacheRows, frame: Frame, made: readonly FieldDefinition[]): CacheRows {
  const read = known.get(frame) ?? new WeakMap<Row, Row>()
  known.set(frame, read)
  const all = <R extends Row>(
    entity: FieldDefinition['entity'],
    of: ReadonlyMap<string, R>,
  ): ReadonlyMap<string, R> => {
    const fields = made.filter((field) => field.entity === entity)
    if (fields.length === 0) return of
    return new Map([...of].map(([id, row]) => [id, one(fields, row)]))
  }
  const one = <R extends Row>(fields: readonly FieldDefinition[], row: R): R => {
    const before = read.get(row) as R | undefined
    if (before) return before
    const values = readDocument(fields, row.values)
    const next = values === row.values ? row : { ...row, values }
    read.set(row, next)
    return next
  }
  return {
    ...rows,
    accounts: all('account', rows.accounts),
    contacts: all('contact', rows.contacts),
    reports: all('report', rows.reports),
  }
}
