import { namesClose } from '@fieldback/domain/account/duplicates'
import { nameKey } from '@fieldback/domain/account/normalise'
import type { AccountLine } from '@fieldback/domain/import/account-line'
import { indexNear } from '@fieldback/domain/import/near-names'
import type { AccountsAround, KnownAccount } from '@fieldback/domain/import/plan-accounts'
import type { OrgTx } from '../client.ts'
import { Prisma } from '../generated/prisma/client.ts'
import { ACCOUNT_JSON } from '../sync/row-sql.ts'
import { earlierLines, type Work } from './work.repo.ts'

const KNOWN_ACCOUNT = Prisma.sql`${ACCOUNT_JSON}::jsonb || jsonb_build_object('ref', a.ref)`

const distinct = (texts: readonly (string | null)[]): string[] => [
  ...new Set(texts.filter((text): text is string => text !== null && text !== '')),
]

/**
 * The accounts that a batch may be about, each found by an index: number, name, telephone, e-mail, and close names at the
 * same postcode. `lock` holds them until the end, in the order every writer takes.
 */
export async function accountsAround(
  tx: OrgTx,
  work: Work,
  lines: readonly AccountLine[],
  { lock }: { readonly lock: boolean },
): Promise<AccountsAround> {
  const ids = new Set([
    ...(await accountsCalled(tx, work.orgId, lines)),
    ...(await accountsNear(tx, work.orgId, lines)),
  ])
  const accounts = await knownAccounts(tx, work.orgId, [...ids], { lock })
  const earlier = await earlierLines(tx, work, {
    before: lines[0]?.line ?? 0,
    keys: lines.map(({ matchKey }) => matchKey),
    records: accounts.map(({ id }) => id),
  })
  return { accounts, ...earlier }
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

/** Accounts at the postcode of a line with a close name, among those that share its rarest words. */
async function accountsNear(tx: OrgTx, orgId: string, lines: readonly AccountLine[]): Promise<string[]> {
  const postcodes = distinct(lines.map(({ postcode }) => postcode))
  const rows = await tx.$queryRaw<{ id: string; key: string; postcode: string }[]>`
    SELECT a.id, a.name_key AS key, a.postcode FROM account a
     WHERE a.org_id = ${orgId}::uuid AND a.postcode = ANY (${postcodes}::text[]) AND a.deleted_at IS NULL`
  const near = indexNear(rows, ({ key, postcode }) => ({ key, places: [nameKey(postcode)] }))
  return lines.flatMap((line) =>
    line.postcode === null
      ? []
      : [...near(line.nameKey, [nameKey(line.postcode)])]
          .filter(({ key }) => namesClose(key, line.nameKey))
          .map(({ id }) => id),
  )
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
