import type { Position } from '@fieldback/db/sync/pull.repo'
import * as z from 'zod'

/** Where a phone is in the stream, for which scope and in which database. */
export type Cursor = Position & {
  readonly epoch: string
  /** Hash of the scope the phone's cache was filled for. */
  readonly scope: string
  /** Home changes from this transaction on are news; earlier ones are part of the first load. */
  readonly homesFrom: string
  /** Where it is in each list; absent for a phone of an earlier version, which keeps none. */
  readonly lists?: Readonly<Record<string, Position>> | undefined
  /** It holds no report before this day; absent: it was told of none that is no longer kept. */
  readonly keptFrom?: string | undefined
}

const digits = z.string().regex(/^\d{1,20}$/)
const cursorSchema = z.object({
  xid: digits,
  seq: digits,
  epoch: z.uuid(),
  scope: z.string().max(64),
  homesFrom: digits,
  lists: z.record(z.uuid(), z.object({ xid: digits, seq: digits })).optional(),
  keptFrom: z.iso.date().optional(),
})

export const writeCursor = (cursor: Cursor): string =>
  Buffer.from(JSON.stringify(cursor)).toString('base64url')

/** Null for anything that is not a cursor of ours: the phone then starts again, which loses nothing. */
export function readCursor(text: string | null): Cursor | null {
  if (text === null) return null
  try {
    const parsed = cursorSchema.safeParse(JSON.parse(Buffer.from(text, 'base64url').toString()))
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}
