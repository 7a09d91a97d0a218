import { namesClose } from '@fieldback/domain/account/duplicates'
import { sketchesOf } from '@fieldback/domain/account/name-sketch'
import { nameKey } from '@fieldback/domain/account/normalise'
import type { AccountLine } from '@fieldback/domain/import/account-line'
import type { AccountsAround, KnownAccount } from '@fieldback/domain/import/accounts-around'
import { fileLine, type Sketches } from '@fieldback/domain/import/file-lines'
import { departmentOf } from '@fieldback/domain/import/likely-accounts'
import type { StagedLine } from '@fieldback/domain/import/line'
import { indexNear, placesOf } from '@fieldback/domain/import/near-names'
import type { OrgTx } from '../client.ts'
import { Prisma } from '../generated/prisma/client.ts'
import { ACCOUNT_JSON } from '../sync/row-sql.ts'
import { earlierLines, type Work } from './work.repo.ts'

const KNOWN_ACCOUNT = Prisma.sql`${ACCOUNT_JSON}::jsonb || jsonb_build_object('ref', a.ref)`

/** Texts worth looking for, each once. */
export const distinct = (texts: readonly (string | null)[]): string[] => [
  ...new Set(texts.filter((text): text is string => text !== null && text !== '')),
]

/** How the lines of a file are read again, and whether what is found is to be changed: then it is locked until the end. */
export type Around = {
  readonly lock: boolean
  readonly read: (staged: StagedLine) => AccountLine
}

/**
 * The accounts and the earlier lines that a batch may be about, each found by an index: number, name, telephone, e-mail,
 * close names at the same postcode, and names that sound the same in the same department or town. Accounts are locked in
 * the order every writer takes.
 */
export async function accountsAround(
  tx: OrgTx,
  work: Work,
  lines: readonly AccountLine[],
  { lock, read }: Around,
): Promise<AccountsAround> {
  const sketches = sketchesOf(lines.map(({ nameKey: key }) => key))
  const ids = new Set([
    ...(await accountsCalled(tx, work.orgId, lines)),
    ...(await accountsNear(tx, work.orgId, lines)),
    ...(await accountsSounding(tx, { orgId: work.orgId, lines, sketches })),
  ])
  const accounts = await knownAccounts(tx, work.orgId, [...ids], { lock })
  const earlier = await earlierLines(tx, work, {
    before: lines[0]?.line ?? 0,
    keys: lines.map(({ matchKey }) => matchKey),
    records: accounts.map(({ id }) => id),
  })
  const file = (await linesAround(tx, work, { lines, sketches })).map(read)
  const names = [...accounts.map(({ name }) => nameKey(name)), ...file.map(({ nameKey: key }) => key)]
  const all = sketchesOf([...sketches.keys(), ...names])
  return { accounts, ...earlier, earlier: file.map((line) => fileLine(line, all)), sketches: all }
}

async function accountsCalled(tx: OrgTx, orgId: string, lines: readonly AccountLine[]): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT a.id FROM account a WHERE a.org_id = ${orgId}::uuid AND a.ref = ANY (${distinct(lines.map(({ ref }) => ref))}::text[]) AND a.deleted_at IS NULL
    UNION ALL
    SELECT a.id FROM account a WHERE a.org_id = ${orgId}::uuid AND a.name_key = ANY (${distinct(lines.map((line) => line.nameKey))}::text[]) AND a.deleted_at IS NULL
    UNION ALL
    SELECT a.id FROM account a WHERE a.org_id = ${orgId}::uuid AND a.phone = ANY (${distinct(lines.map(({ phone }) => phone))}::text[]) AND a.deleted_at IS NULL
    UNION ALL
    SELECT a.id FROM account a WHERE a.org_id = ${orgId}::uuid AND a.email = ANY (${distinct(lines.map(({ email }) => email))}::text[]) AND a.deleted_at IS NULL`
  return rows.map(({ id }) => id)
}

/** What is enough of a record to see whether it may be the one of a line. */
type Glance = {
  readonly key: string
  readonly sketch: string | null
  readonly postcode: string | null
  readonly city: string | null
}

/** Accounts at the postcode of a line with a close name, among those that share its rarest words. */
export async function accountsNear(
  tx: OrgTx,
  orgId: string,
  lines: readonly Pick<AccountLine, 'nameKey' | 'postcode'>[],
): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string; key: string; postcode: string }[]>`
    SELECT a.id, a.name_key AS key, a.postcode FROM account a
     WHERE a.org_id = ${orgId}::uuid AND a.postcode = ANY (${distinct(lines.map(({ postcode }) => postcode))}::text[]) AND a.deleted_at IS NULL`
  return nearEach(rows, lines).map(({ id }) => id)
}

function nearEach<T extends { readonly key: string; readonly postcode: string }>(
  rows: readonly T[],
  lines: readonly Pick<AccountLine, 'nameKey' | 'postcode'>[],
): T[] {
  const near = indexNear(rows, ({ key, postcode }) => ({ key, places: [nameKey(postcode)] }))
  return lines.flatMap((line) =>
    line.postcode === null
      ? []
      : [...near(line.nameKey, [nameKey(line.postcode)])].filter(({ key }) => namesClose(key, line.nameKey)),
  )
}

type Sounding = {
  readonly orgId: string
  readonly lines: readonly AccountLine[]
  readonly sketches: Sketches
}

/** Accounts whose name sounds as that of a line, in its department or its town. */
async function accountsSounding(tx: OrgTx, { orgId, lines, sketches }: Sounding): Promise<string[]> {
  const rows = await tx.$queryRaw<(Glance & { id: string })[]>`
    SELECT a.id, a.name_key AS key, a.name_sketch AS sketch, a.postcode, a.city FROM account a
     WHERE a.org_id = ${orgId}::uuid AND a.name_sketch = ANY (${[...new Set(sketches.values())]}::text[]) AND a.deleted_at IS NULL`
  return soundingEach(rows, lines, sketches).map(({ id }) => id)
}

function soundingEach<T extends Pick<Glance, 'sketch' | 'postcode' | 'city'>>(
  rows: readonly T[],
  lines: readonly AccountLine[],
  sketches: Sketches,
): T[] {
  const placed = (
    sketch: string | null | undefined,
    row: { readonly postcode: string | null; readonly city: string | null },
  ) => [departmentOf(row.postcode), ...placesOf(row)].map((place) => `${sketch} ${place}`)
  const wanted = new Set(lines.flatMap((line) => placed(sketches.get(line.nameKey), line)))
  return rows.filter((row) => placed(row.sketch, row).some((key) => wanted.has(key)))
}

/** Lines before the batch that would make an account which one of the batch may be about. */
async function linesAround(
  tx: OrgTx,
  work: Work,
  { lines, sketches }: Omit<Sounding, 'orgId'>,
): Promise<StagedLine[]> {
  const before = lines[0]?.line ?? 0
  if (lines.length === 0) return []
  // The import is compared as text, as `earlierLines` does and for its reason.
  const ofImport = Prisma.sql`l.org_id = ${work.orgId}::uuid AND l.import_id::text = ${work.id}::text AND l.line < ${before}::int`
  const alike = await tx.$queryRaw<{ line: number }[]>`
    SELECT min(l.line) AS line FROM import_line l WHERE ${ofImport} AND l.phone = ANY (${distinct(lines.map(({ phone }) => phone))}::text[]) GROUP BY l.phone
    UNION
    SELECT min(l.line) FROM import_line l WHERE ${ofImport} AND l.email = ANY (${distinct(lines.map(({ email }) => email))}::text[]) GROUP BY l.email`
  const near = await tx.$queryRaw<{ line: number; key: string; postcode: string }[]>`
    SELECT l.line, l.name_key AS key, l.postcode FROM import_line l
     WHERE ${ofImport} AND l.postcode = ANY (${distinct(lines.map(({ postcode }) => postcode))}::text[])`
  const sounding = await tx.$queryRaw<(Glance & { line: number })[]>`
    SELECT l.line, l.name_key AS key, l.name_sketch AS sketch, l.postcode, l.city FROM import_line l
     WHERE ${ofImport} AND l.name_sketch = ANY (${[...new Set(sketches.values())]}::text[])`
  const found = new Set([
    ...alike.map(({ line }) => line),
    ...nearEach(near, lines).map(({ line }) => line),
    ...soundingEach(sounding, lines, sketches).map(({ line }) => line),
  ])
  return tx.$queryRaw<StagedLine[]>`
    SELECT l.line, l.cells FROM import_line l
     WHERE l.org_id = ${work.orgId}::uuid AND l.import_id = ${work.id}::uuid AND l.line = ANY (${[...found]}::int[])`
}

/** Live accounts by id, locked when they are to be changed. */
export async function knownAccounts(
  tx: OrgTx,
  orgId: string,
  ids: readonly string[],
  { lock }: { readonly lock: boolean },
): Promise<KnownAccount[]> {
  const rows = await tx.$queryRaw<{ row: KnownAccount }[]>`
    SELECT ${KNOWN_ACCOUNT} AS row FROM account a
     WHERE a.org_id = ${orgId}::uuid AND a.id = ANY (${[...ids]}::uuid[]) AND a.deleted_at IS NULL
     ORDER BY a.id ${lock ? Prisma.sql`FOR NO KEY UPDATE OF a` : Prisma.empty}`
  return rows.map(({ row }) => row)
}
