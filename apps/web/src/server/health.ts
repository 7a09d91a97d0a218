import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Db } from '@fieldback/db/client'
import { readHealth } from '@fieldback/db/health/health.repo'

export type Health = {
  readonly status: 'ok' | 'failing'
  readonly database: 'ok' | 'unreachable'
  readonly migrations: 'ok' | 'pending' | 'unknown'
  readonly jobLagSeconds: number | null
  readonly horizonAgeSeconds: number | null
}

const PATIENCE_MS = 3_000

/** Whether this server can do its work now: the database answers, and it has every migration this code was built with. */
export async function checkHealth(db: Db, folder: string): Promise<Health> {
  try {
    const { appliedMigrations, jobLagSeconds, horizonAgeSeconds } = await within(PATIENCE_MS, readHealth(db))
    const missing = migrationsIn(folder).filter((name) => !appliedMigrations.includes(name))
    return {
      status: missing.length === 0 ? 'ok' : 'failing',
      database: 'ok',
      migrations: missing.length === 0 ? 'ok' : 'pending',
      jobLagSeconds: Math.round(jobLagSeconds),
      horizonAgeSeconds: Math.round(horizonAgeSeconds),
    }
  } catch {
    return {
      status: 'failing',
      database: 'unreachable',
      migrations: 'unknown',
      jobLagSeconds: null,
      horizonAgeSeconds: null,
    }
  }
}

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
