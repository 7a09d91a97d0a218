#!/usr/bin/env node
// Notes new migrations in prisma/migrations.sha256: node prisma/upgrade/record-migrations.mjs
// One that was edited before any release held it is noted again with: --edited NAME
import { readFileSync, writeFileSync } from 'node:fs'
import { noteMigrations, RECORD, readMigrationSums, readRecord, releasedUpTo } from './migration-sums.mjs'

const [flag, edited = null, ...rest] = process.argv.slice(2)
if ((flag !== undefined && flag !== '--edited') || (flag && !edited) || rest.length > 0) {
  process.stderr.write('Usage: node prisma/upgrade/record-migrations.mjs [--edited NAME]\n')
  process.exit(2)
}
const before = readFileSync(RECORD, 'utf8')
const { text, refused } = noteMigrations(readRecord(), readMigrationSums(), {
  edited,
  released: releasedUpTo(),
})
if (refused.length > 0) {
  process.stderr.write(
    `Not noted, since a migration is never edited: ${refused.join(', ')}. Write a new one.\n`,
  )
  process.exit(1)
}
writeFileSync(RECORD, text)
process.stdout.write(text === before ? 'Nothing to note.\n' : 'Noted in prisma/migrations.sha256.\n')
