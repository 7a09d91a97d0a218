import type { LevelName } from '@fieldback/domain/org/level-names'
import type { ScopedDb } from '../scoped-db.ts'

export type OrgSettings = {
  readonly name: string
  readonly slug: string
  /** By rank; fewer than four in an organisation that is not set up yet. */
  readonly levelNames: readonly LevelName[]
  readonly defaultLocale: string
  readonly timeZone: string
}

/** What the organisation says of itself; `lock` keeps it as read until the transaction ends. */
export async function readSettings({ tx, scope }: ScopedDb, lock = false): Promise<OrgSettings> {
  if (lock) await tx.$queryRaw`SELECT id FROM organisation WHERE id = ${scope.orgId}::uuid FOR NO KEY UPDATE`
  const rows = await tx.$queryRaw<OrgSettings[]>`
    SELECT name, slug, level_names AS "levelNames", default_locale AS "defaultLocale", time_zone AS "timeZone"
      FROM organisation WHERE id = ${scope.orgId}::uuid`
  const row = rows[0]
  if (!row) throw new Error('organisation without a row')
  return row
}

export async function setOrgName({ tx, scope }: ScopedDb, name: string): Promise<void> {
  await tx.$executeRaw`UPDATE organisation SET name = ${name} WHERE id = ${scope.orgId}::uuid`
}

export async function setLevelNames({ tx, scope }: ScopedDb, names: readonly LevelName[]): Promise<void> {
  await tx.$executeRaw`
    UPDATE organisation SET level_names = ${JSON.stringify(names)}::jsonb WHERE id = ${scope.orgId}::uuid`
}

export async function setLocaleAndZone(
  { tx, scope }: ScopedDb,
  { defaultLocale, timeZone }: { readonly defaultLocale: string; readonly timeZone: string },
): Promise<void> {
  await tx.$executeRaw`
    UPDATE organisation SET default_locale = ${defaultLocale}, time_zone = ${timeZone} WHERE id = ${scope.orgId}::uuid`
}
