import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const UPGRADE = import.meta.dirname
const MIGRATIONS = join(UPGRADE, '..', 'migrations')
/** Readable by `sha256sum --check` in the folder of the migrations. */
export const RECORD = join(UPGRADE, '..', 'migrations.sha256')

/** SHA-256 of each migration of this checkout, by name. */
export function readMigrationSums() {
  const names = readdirSync(MIGRATIONS, { withFileTypes: true }).filter((entry) => entry.isDirectory())
  return new Map(
    names
      .map(({ name }) => name)
      .sort()
      .map((name) => [name, sumOf(readFileSync(join(MIGRATIONS, name, 'migration.sql')))]),
  )
}

const sumOf = (content) => createHash('sha256').update(content).digest('hex')

/** What was noted of each migration when it was written. */
export function readRecord(text = readFileSync(RECORD, 'utf8')) {
  const lines = text.split('\n').filter((line) => line !== '')
  return new Map(lines.map((line) => [line.slice(66).replace('/migration.sql', ''), line.slice(0, 64)]))
}

/** The last migration of the newest release: each release leaves a backup named after its last one. */
export const releasedUpTo = () =>
  readdirSync(UPGRADE)
    .filter((name) => name.endsWith('.tar.gz'))
    .map((name) => name.replace('.tar.gz', ''))
    .sort()
    .at(-1) ?? ''

/** The record with new migrations added; those that changed or went away since are refused, by name. */
export function noteMigrations(record, sums, { edited, released }) {
  const mayChange = (name) => name === edited && name > released
  const refused = [...record].filter(([name, sum]) => sums.get(name) !== sum && !mayChange(name))
  const text = [...sums].map(([name, sum]) => `${sum}  ${name}/migration.sql\n`).join('')
  return { text, refused: refused.map(([name]) => name) }
}
