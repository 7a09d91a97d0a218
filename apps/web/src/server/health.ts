import { readdirSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { join } from 'node:path'
import type { Db } from '@fieldback/db/client'
import { readHealth } from '@fieldback/db/health/health.repo'

export type Health = {
  readonly status: 'ok' | 'failing'
  readonly database: 'ok' | 'unreachable'
  readonly migrations: 'ok' | 'pending' | 'unknown'
  readonly jobLagSeconds: number | null
  readonly horizonAgeSeconds: number | null
  /** Age of the oldest fact that figures do not hold yet; `late`: more than the operator allows. */
  readonly foldLagSeconds: number | null
  readonly folds: 'ok' | 'late' | 'unknown'
  /** `drifted`: a look found figures that are not what the documents say; they are being counted again. */
  readonly rollups: 'ok' | 'drifted' | 'unknown'
  /** Where files are kept, and the embedded database's rows: full, nothing more is accepted; phones keep what they have. */
  readonly disk: 'ok' | 'full' | 'unknown'
}

const PATIENCE_MS = 3_000
/** With less than this a database takes no more rows, or is about to. */
const FREE_LEAST = 64 * 1024 * 1024

type Asked = {
  /** Of the migrations. */
  readonly migrations: string
  /** Of the files that people send. */
  readonly data: string
  /** Seconds that figures may be behind. */
  readonly foldLag: number
}

/**
 * Whether this server can do its work now: the database answers, it has every migration this code was built with, and
 * there is room to write.
 */
export async function checkHealth(db: Db, asked: Asked): Promise<Health> {
  const disk = await diskOf(asked.data)
  try {
    const { appliedMigrations, ...told } = await within(PATIENCE_MS, readHealth(db))
    const missing = migrationsIn(asked.migrations).filter((name) => !appliedMigrations.includes(name))
    return {
      status: missing.length === 0 && disk !== 'full' ? 'ok' : 'failing',
      database: 'ok',
      migrations: missing.length === 0 ? 'ok' : 'pending',
      jobLagSeconds: Math.round(told.jobLagSeconds),
      horizonAgeSeconds: Math.round(told.horizonAgeSeconds),
      foldLagSeconds: Math.round(told.foldLagSeconds),
      folds: told.foldLagSeconds > asked.foldLag ? 'late' : 'ok',
      rollups: told.rollupDrift > 0 ? 'drifted' : 'ok',
      disk,
    }
  } catch {
    return {
      status: 'failing',
      database: 'unreachable',
      migrations: 'unknown',
      jobLagSeconds: null,
      horizonAgeSeconds: null,
      foldLagSeconds: null,
      folds: 'unknown',
      rollups: 'unknown',
      disk,
    }
  }
}

const diskOf = (folder: string): Promise<Health['disk']> =>
  statfs(folder).then(
    ({ bavail, bsize }) => (bavail * bsize < FREE_LEAST ? 'full' : 'ok'),
    () => 'unknown',
  )

/** `next start` runs in apps/web, beside the sources it was built from. */
export const MIGRATIONS = join(process.cwd(), '..', '..', 'prisma', 'migrations')

const migrationsIn = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? entry.name : []))

function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('too late')), ms)
  })
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}
