import type { ClientBase } from 'pg'

export type Organisation = { readonly id: string; readonly name: string }

/** All rows that follow in this transaction are those of one organisation. */
export const setOrganisation = async (client: ClientBase, id: string): Promise<void> => {
  await client.query(`SELECT set_config('app.org', $1, true)`, [id])
}

/**
 * Every organisation of a database, read by its owner, in a transaction. Row-level security is forced on the owner too:
 * a policy lets him alone read the names. A database of before that policy is asked through the memberships of its
 * people; an organisation without any could not be reached by anybody.
 */
export async function listOrganisations(client: ClientBase): Promise<Organisation[]> {
  const { rows: policies } = await client.query(
    `SELECT FROM pg_policies WHERE schemaname = 'public' AND tablename = 'organisation' AND policyname = 'owner_lists'`,
  )
  const query = 'SELECT id, name, created_at AS since FROM organisation'
  const found: (Organisation & { since: Date })[] = []
  const read = async (): Promise<unknown> =>
    found.push(...(await client.query<(typeof found)[0]>(query)).rows)
  if (policies.length > 0) await read()
  else
    for (const id of await idsByMembership(client)) {
      await setOrganisation(client, id)
      await read()
    }
  found.sort((a, b) => a.since.getTime() - b.since.getTime() || (a.id < b.id ? -1 : 1))
  return found.map(({ id, name }) => ({ id, name }))
}

// One block: the policy reads the person once a statement, so a plain join would see the first one's memberships only.
async function idsByMembership(client: ClientBase): Promise<string[]> {
  await client.query(`
    DO $$
    DECLARE
      someone uuid;
      found uuid[] := '{}';
    BEGIN
      FOR someone IN SELECT id FROM person LOOP
        PERFORM set_config('app.person', someone::text, true);
        found := found || ARRAY(SELECT org_id FROM membership WHERE person_id = someone);
      END LOOP;
      PERFORM set_config('app.person', '', true);
      PERFORM set_config('fieldback.found', found::text, true);
    END $$`)
  const { rows } = await client.query<{ id: string }>(
    `SELECT DISTINCT unnest(current_setting('fieldback.found')::uuid[]) AS id ORDER BY 1`,
  )
  return rows.map(({ id }) => id)
}

/** What stands in a database, in words for the person who is about to overwrite it; null when it holds no organisation. */
export async function describeContent(client: ClientBase): Promise<string | null> {
  const { rows } = await client.query<{ there: boolean }>(
    `SELECT to_regclass('public.organisation') IS NOT NULL AS there`,
  )
  if (!rows[0]?.there) return null
  const organisations = await listOrganisations(client)
  if (organisations.length === 0) return null
  const total = { account: 0, report: 0 }
  for (const { id } of organisations) {
    await setOrganisation(client, id)
    for (const table of ['account', 'report'] as const) {
      const { rows: counted } = await client.query<{ n: number }>(
        `SELECT count(*)::int AS n FROM ${table} WHERE org_id = $1`,
        [id],
      )
      total[table] += counted[0]?.n ?? 0
    }
  }
  const names = organisations.map(({ name }) => name)
  return `${describeNames(names)}, ${counted(total.account, 'account')} and ${counted(total.report, 'report')}`
}

const NAMES_MOST = 5

/** "2 organisations (A, B)"; long lists are cut. */
export function describeNames(names: readonly string[]): string {
  const shown = names.slice(0, NAMES_MOST).join(', ')
  const rest = names.length > NAMES_MOST ? ', …' : ''
  return `${counted(names.length, 'organisation')} (${shown}${rest})`
}

const counted = (n: number, noun: string): string => `${n.toLocaleString('en')} ${noun}${n === 1 ? '' : 's'}`
