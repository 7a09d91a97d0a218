import { sketchesOf } from '@fieldback/domain/account/name-sketch'
import { nameKey } from '@fieldback/domain/account/normalise'
import { accountFinder, type ContactAccount, type FoundAccount } from '@fieldback/domain/import/find-account'
import { type ContactLine, type ContactsAround, contactKey } from '@fieldback/domain/import/plan-contacts'
import type { ContactState } from '@fieldback/domain/sync/state'
import type { OrgTx } from '../client.ts'
import { Prisma } from '../generated/prisma/client.ts'
import { CONTACT_JSON } from '../sync/row-sql.ts'
import { accountsNear, distinct } from './accounts.repo.ts'
import { earlierLines, type Work } from './work.repo.ts'

/**
 * The accounts that a batch names by number or by name, and the people of those that are named without doubt. `lock` holds
 * people and accounts until the end, in the order every writer takes.
 */
export async function contactsAround(
  tx: OrgTx,
  work: Work,
  lines: readonly ContactLine[],
  { lock }: { readonly lock: boolean },
): Promise<ContactsAround> {
  const named = await accountsNamed(tx, work.orgId, lines)
  const accounts = [...named, ...(await accountsClose(tx, work.orgId, { named, lines }))]
  const find = accountFinder(accounts)
  const certain = [...new Set(lines.flatMap((line) => idOf(find(line)) ?? []))]
  const contacts = await contactsOf(tx, work.orgId, certain, { lock })
  // A move changes the home that answers are counted at: it waits, or is seen.
  const fresh = lock ? await lockedHomes(tx, work.orgId, certain) : null
  const earlier = await earlierLines(tx, work, {
    before: lines[0]?.line ?? 0,
    keys: lines.flatMap((line) => {
      const id = idOf(find(line))
      return id === null ? [] : [contactKey({ id }, line)]
    }),
    records: contacts.map(({ id }) => id),
  })
  return {
    accounts: accounts.map((account) => ({
      ...account,
      territoryId: fresh?.get(account.id) ?? account.territoryId,
    })),
    contacts,
    ...earlier,
  }
}

async function accountsNamed(
  tx: OrgTx,
  orgId: string,
  lines: readonly ContactLine[],
): Promise<ContactAccount[]> {
  const refs = distinct(lines.map(({ accountRef }) => accountRef))
  const names = distinct(lines.map(({ accountRef, accountKey }) => (accountRef === null ? accountKey : null)))
  const rows = await tx.$queryRaw<ContactAccount[]>`
    SELECT a.id, a.ref, a.name, a.postcode, a.city, a.territory_id AS "territoryId" FROM account a
     WHERE a.org_id = ${orgId}::uuid AND a.ref = ANY (${refs}::text[]) AND a.deleted_at IS NULL
    UNION
    SELECT a.id, a.ref, a.name, a.postcode, a.city, a.territory_id FROM account a
     WHERE a.org_id = ${orgId}::uuid AND a.name_key = ANY (${names}::text[]) AND a.deleted_at IS NULL`
  return rows
}

const idOf = (found: FoundAccount): string | null => ('account' in found ? found.account.id : null)

type Asked = { readonly named: readonly ContactAccount[]; readonly lines: readonly ContactLine[] }

/** Accounts with a close name, for lines whose name nobody bears: they are told of, never taken. */
async function accountsClose(
  tx: OrgTx,
  orgId: string,
  { named, lines }: Asked,
): Promise<readonly ContactAccount[]> {
  const borne = new Set(named.map(({ name }) => nameKey(name)))
  const lost = lines.flatMap(({ accountRef, accountKey, postcode }) =>
    accountRef === null && accountKey !== null && !borne.has(accountKey)
      ? [{ nameKey: accountKey, postcode }]
      : [],
  )
  if (lost.length === 0) return []
  const near = await accountsNear(tx, orgId, lost)
  const sketches = distinct([...sketchesOf(lost.map((line) => line.nameKey)).values()])
  return tx.$queryRaw<ContactAccount[]>`
    SELECT a.id, a.ref, a.name, a.postcode, a.city, a.territory_id AS "territoryId" FROM account a
     WHERE a.org_id = ${orgId}::uuid AND a.id = ANY (${near}::uuid[])
    UNION
    SELECT a.id, a.ref, a.name, a.postcode, a.city, a.territory_id FROM account a
     WHERE a.org_id = ${orgId}::uuid AND a.name_sketch = ANY (${sketches}::text[]) AND a.deleted_at IS NULL`
}

async function contactsOf(
  tx: OrgTx,
  orgId: string,
  accountIds: readonly string[],
  { lock }: { readonly lock: boolean },
): Promise<ContactState[]> {
  const rows = await tx.$queryRaw<{ row: ContactState }[]>`
    SELECT ${CONTACT_JSON} AS row FROM contact c
     WHERE c.org_id = ${orgId}::uuid AND c.account_id = ANY (${[...accountIds]}::uuid[]) AND c.deleted_at IS NULL
     ORDER BY c.id ${lock ? Prisma.sql`FOR NO KEY UPDATE OF c` : Prisma.empty}`
  return rows.map(({ row }) => row)
}

async function lockedHomes(
  tx: OrgTx,
  orgId: string,
  accountIds: readonly string[],
): Promise<Map<string, string>> {
  const rows = await tx.$queryRaw<{ id: string; territoryId: string }[]>`
    SELECT a.id, a.territory_id AS "territoryId" FROM account a
     WHERE a.org_id = ${orgId}::uuid AND a.id = ANY (${[...accountIds]}::uuid[]) ORDER BY a.id FOR NO KEY UPDATE OF a`
  return new Map(rows.map(({ id, territoryId }) => [id, territoryId]))
}
