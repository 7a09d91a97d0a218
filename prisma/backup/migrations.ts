import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { ClientBase } from 'pg'
import type { Manifest } from './manifest.ts'
import { Refusal } from './refusal.ts'

export type Migration = { readonly name: string; readonly sql: string; readonly sha256: string }

export const MIGRATIONS_FOLDER = fileURLToPath(new URL('../migrations', import.meta.url))

/** The migrations of this release, in the order in which they are applied. */
export async function readMigrations(folder = MIGRATIONS_FOLDER): Promise<Migration[]> {
  const entries = await readdir(folder, { withFileTypes: true })
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name)
  return Promise.all(
    names.sort().map(async (name) => {
      const content = await readFile(join(folder, name, 'migration.sql'))
      const sha256 = createHash('sha256').update(content).digest('hex')
      return { name, sql: content.toString('utf8'), sha256 }
    }),
  )
}

/** Those of a backup and those to add after its rows are loaded. Refuses a backup that this release cannot read. */
export function planMigrations(
  known: readonly Migration[],
  { migrations, version }: Manifest,
  file: string,
): { readonly before: readonly Migration[]; readonly after: readonly Migration[] } {
  const recorded = new Map(migrations.map(({ name, sha256 }) => [name, sha256]))
  const missing = migrations.filter(({ name }) => !known.some((migration) => migration.name === name))
  if (missing.length > 0) {
    throw new Refusal(
      `${file} comes from a newer Fieldback (${version}, ${missing[0]?.name}); bring this one up to date first.`,
    )
  }
  const changed = known.find(({ name, sha256 }) => recorded.has(name) && recorded.get(name) !== sha256)
  if (changed) {
    throw new Refusal(
      `${file} comes from another edition of Fieldback: ${changed.name} is not the same there. Restore it with that edition.`,
    )
  }
  return {
    before: known.filter(({ name }) => recorded.has(name)),
    after: known.filter(({ name }) => !recorded.has(name)),
  }
}

/** Applies migrations in the transaction at hand and notes them where Prisma looks for them. */
export async function applyMigrations(client: ClientBase, migrations: readonly Migration[]): Promise<void> {
  for (const { name, sql, sha256 } of migrations) {
    // Nobody else uses these tables yet, and a transaction cannot build an index beside writers.
    await client.query(sql.replaceAll(/\bCONCURRENTLY\b/gi, ''))
    await client.query(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       VALUES (gen_random_uuid()::text, $1, $2, clock_timestamp(), clock_timestamp(), 1)`,
      [sha256, name],
    )
  }
}

/** Prisma's own table, as its engine makes it. */
export const MIGRATIONS_TABLE = `
  CREATE TABLE _prisma_migrations (
    id varchar(36) PRIMARY KEY NOT NULL, checksum varchar(64) NOT NULL, finished_at timestamptz,
    migration_name varchar(255) NOT NULL, logs text, rolled_back_at timestamptz,
    started_at timestamptz NOT NULL DEFAULT now(), applied_steps_count integer NOT NULL DEFAULT 0)`
