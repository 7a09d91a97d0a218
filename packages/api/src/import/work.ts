import { inOrg, type OrgTx } from '@fieldback/db/client'
import {
  advance,
  beat,
  countRows,
  type Progress,
  planEachQuery,
  takeLines,
  type Work,
} from '@fieldback/db/import/work.repo'
import type { ImportCounts } from '@fieldback/domain/import/import'
import type { LineVerdict, StagedLine } from '@fieldback/domain/import/line'
import type { Deps } from '../context.ts'

export type ImportDeps = Pick<Deps, 'db' | 'storage' | 'log' | 'now' | 'newId' | 'email' | 'site'>

/** `stop` is asked between two transactions. */
export type Stop = AbortSignal | undefined

/** Lines of one transaction: about half a second, so that the horizon of pulls never waits long. */
export const LINES_A_BATCH = 1_000
export const BATCH_TX = { timeout: 20_000 }
/** A batch that took longer makes the next one smaller: on a busy machine too, a transaction stays below two seconds. */
export const BATCH_MS = 1_000
const BEAT_MS = 5_000

const COUNTED_FROM = 1_000

/** A batch hangs on more than one transaction should change: it is tried again by halves. */
export class BatchTooLarge extends Error {}

/** Lines of a batch after which one that takes too long is not cut further. */
export const LINES_AT_LEAST = 50

/**
 * How many lines the next transaction takes: half as many after one that was too much, growing back afterwards but never
 * to a size that took too long. An import that did not get on before begins small.
 */
export class BatchSize {
  lines: number
  private most: number
  private readonly least: number

  constructor(most: number, { attempts }: Pick<Work, 'attempts'>, least = LINES_AT_LEAST) {
    this.most = most
    this.least = least
    this.lines = attempts > 1 ? Math.min(most, least) : most
  }

  /** After a batch that took so long: about as many lines as fit the time, at most twice as many as before. */
  done(ms: number): void {
    const fit = Math.floor((this.lines * BATCH_MS) / Math.max(ms, 1))
    const next = ms > BATCH_MS ? Math.min(fit, Math.ceil(this.lines / 2)) : Math.min(fit, this.lines * 2)
    this.lines = Math.min(this.most, Math.max(Math.min(this.least, this.lines), next))
  }

  /** Rethrows what fewer lines would not mend. */
  halve(error: unknown): void {
    const late = isTimeout(error) && this.lines > this.least
    if (!late && !(error instanceof BatchTooLarge && this.lines > 1)) throw error
    const half = Math.ceil(this.lines / 2)
    this.lines = late ? Math.max(this.least, half) : half
    if (late) this.most = this.lines
  }
}

/** The transaction lasted longer than it may. */
const isTimeout = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'P2028'

/** Gives signs of life while a step is at work, even where it writes nothing for a while. */
export async function beating<T>({ db }: ImportDeps, work: Work, doing: () => Promise<T>): Promise<T> {
  const timer = setInterval(() => {
    // Who has lost the import learns it at his next batch.
    inOrg(db, work.orgId, (tx) => beat(tx, work)).catch(() => {})
  }, BEAT_MS)
  try {
    return await doing()
  } finally {
    clearInterval(timer)
  }
}

/** Adds the outcomes of a batch to the counts. */
export function countedWith(
  counts: ImportCounts,
  verdicts: readonly Pick<LineVerdict, 'outcome'>[],
): ImportCounts {
  const next = { ...counts }
  for (const { outcome } of verdicts) next[outcome] += 1
  return next
}

/** Lines at most of a transaction of a step, and at least after one that took too long. */
export type Batches = { readonly most: number; readonly least?: number }

/** How far a batch came, noted with what it wrote; null when no line was left. */
type Batch<P extends Progress> = (tx: OrgTx, from: P, lines: number) => Promise<P | null>

/**
 * Goes through an import a bounded transaction at a time, from where it stands: what `batch` writes and how far it came
 * commit together, so that whoever takes the step up again begins where this one ended. False when it was asked to stop
 * before the end.
 */
export async function throughBatches<P extends Progress>(
  { deps, work, stop }: { readonly deps: ImportDeps; readonly work: Work & P; readonly stop: Stop },
  { most, least = LINES_AT_LEAST }: Batches,
  batch: Batch<P>,
): Promise<boolean> {
  let at: P = work
  const size = new BatchSize(most, work, least)
  let counted = 0
  for (;;) {
    if (stop?.aborted) return false
    const [from, start] = [at, performance.now()]
    try {
      const next = await inOrg(
        deps.db,
        work.orgId,
        async (tx) => {
          // First of all: two of us never write for the same import.
          await planEachQuery(tx)
          await advance(tx, work, { handled: from.handled, position: from.position })
          const done = await batch(tx, from, size.lines)
          if (done !== null) await advance(tx, work, done)
          return done
        },
        BATCH_TX,
      )
      if (next === null) return true
      at = next
      size.done(performance.now() - start)
      counted = await countGrown(deps, at.handled, counted)
    } catch (error) {
      size.halve(error)
    }
  }
}

/** Has the planner told of a step's lines once there are many, and each time they have doubled; answers at how many it was. */
async function countGrown({ db, log }: ImportDeps, handled: number, counted: number): Promise<number> {
  if (handled < Math.max(COUNTED_FROM, counted * 2)) return counted
  // Without it the work is slower, and no different.
  await countRows(db).catch(() => log.warn('import.uncounted', { handled }))
  return handled
}

export type JudgeBatch = (tx: OrgTx, lines: readonly StagedLine[]) => Promise<readonly LineVerdict[]>

/** Takes the lines that are left through `judge`. False when it was asked to stop before the end. */
export function throughLines(deps: ImportDeps, work: Work, stop: Stop, judge: JudgeBatch): Promise<boolean> {
  return throughBatches<Progress & { readonly counts: ImportCounts }>(
    { deps, work, stop },
    { most: LINES_A_BATCH },
    async (tx, { handled, position, counts }, limit) => {
      const lines = await takeLines(tx, work, position, limit)
      const last = lines.at(-1)
      if (!last) return null
      const verdicts = await judge(tx, lines)
      return {
        handled: handled + lines.length,
        position: last.line,
        counts: countedWith(counts, verdicts),
      }
    },
  )
}
