import type { SessionIds } from '@fieldback/api/context'
import { announce, takeChunk } from '@fieldback/api/media/receive'
import type { TestWorld } from '@fieldback/api/test-world'
import type { Db } from '@fieldback/db/client'
import { inOrgSql, type OrgSql, TransactionTimeout } from '@fieldback/db/org-sql'
import { nameKey } from '@fieldback/domain/account/normalise'
import { FieldbackError } from '@fieldback/domain/errors'
import type { Operation } from '@fieldback/domain/sync/operation'
import type { AccountRow, CallbackRow, ContactRow, ReportRow } from '@fieldback/domain/sync/pull'
import { type ModelGround, WORD } from './model-server.ts'
import { backUpOrg } from './postgres-backup.ts'
import type { Aside, Caller, PhotoHeld, Server, Truth } from './server.ts'

/** The real server on a real database, in an organisation of its own. */
export async function postgresServer(world: TestWorld, start: ModelGround, orgId: string): Promise<Server> {
  const { ground } = start
  const run = <T = Record<string, unknown>>(text: string, values: readonly unknown[] = []) =>
    world.sql<T>(orgId, text, values)
  const people = await arrange(world, start, orgId)
  const sessionOf = ({ membershipId, deviceId }: Caller): SessionIds => ({
    orgId,
    membershipId,
    deviceId,
    personId: people.get(membershipId) ?? '',
  })
  const callerFor = (caller: Caller) => world.callerFor(sessionOf(caller))
  let release: (() => Promise<void>) | null = null
  const hold = async (): Promise<void> => {
    const client = await world.db.pool.connect()
    await client.query('BEGIN')
    await client.query('SELECT pg_current_xact_id()')
    release = async () => {
      await client.query('ROLLBACK')
      client.release()
      release = null
    }
  }

  // Nothing but a push and a desk changes it.
  let known: Promise<Truth> | null = null

  return {
    ground,
    async push(caller, operations, epoch) {
      known = null
      const { membershipId } = caller
      const batch = { protocol: 1, membershipId, epoch, operations: operations as Operation[] }
      const { answers } = await callerFor(caller).sync.push(batch).catch(unwrap)
      return answers
    },
    pull: (caller, from) =>
      callerFor(caller)
        .sync.pull({ protocol: 1, ...from })
        .catch(unwrap),
    told(caller, { opIds, takenBack }) {
      known = null
      return callerFor(caller)
        .quarantine.told({ opIds: [...opIds], takenBack: [...takenBack] })
        .catch(unwrap)
    },
    photo(caller, id, call) {
      known = null
      const context = { deps: world.deps, session: sessionOf(caller) }
      const told = 'reportId' in call ? announce(context, id, call) : takeChunk(context, id, call)
      return told.catch(unwrap)
    },
    async desk(act) {
      known = null
      const { quarantine } = callerFor(ground.manager)
      if (act.do === 'file') {
        const repair = { accountId: act.accountId, values: { [ground.fieldId]: null } }
        await quarantine.accept({ itemId: act.itemId, repair }).catch(lateIsNothing)
      }
      if (act.do === 'give-back')
        await quarantine.return({ itemId: act.itemId, word: WORD }).catch(lateIsNothing)
      if (act.do === 'release') await release?.()
      if (act.do === 'hold' && release === null) await hold()
      if (act.do === 'publish') await run(PUBLISH, [ground.fieldId])
      if (act.do === 'delete-contact')
        await run('UPDATE contact SET deleted_at = now(), version = version + 1 WHERE id = $1', [
          act.contactId,
        ])
      if (act.do === 'move')
        await callerFor(ground.manager).account.move({ accountIds: [act.accountId], territoryId: act.to })
    },
    async backUp() {
      const restore = await backUpOrg(run)
      return async () => {
        known = null
        await restore()
      }
    },
    truth: () => {
      known ??= readTruth(world.db, start, orgId)
      return known
    },
    async settled() {
      await release?.()
      await othersOver(world)
    },
  }
}

/** What the procedures said, without what carries it over the network. On a busy machine a call is too late: it is to come again. */
function unwrap(error: unknown): never {
  const cause = error instanceof Error ? (error.cause ?? error) : error
  if (cause instanceof TransactionTimeout) throw new FieldbackError('UNAVAILABLE')
  throw error instanceof Error && error.cause instanceof FieldbackError ? error.cause : error
}

/** A manager who comes second is told so, and changes nothing. */
function lateIsNothing(error: unknown): void {
  const cause = error instanceof Error ? error.cause : null
  if (!(cause instanceof FieldbackError) || cause.code !== 'QUARANTINE_SETTLED') throw error
}

/** As `world.settled` does, on a connection that is there: to make one takes longer than all that is over by then. */
async function othersOver({ db }: TestWorld): Promise<void> {
  const { rows } = await db.pool.query('SELECT pg_current_xact_id()::text AS id')
  const over = () =>
    db.pool.query('SELECT pg_snapshot_xmin(pg_current_snapshot()) > $1::xid8 AS yes', [rows[0].id])
  while (!(await over()).rows[0].yes);
}

const PUBLISH = `
  WITH last AS (
    UPDATE field_definition SET current_version = current_version + 1 WHERE id = $1 RETURNING org_id, id, current_version)
  INSERT INTO field_version (org_id, field_id, version, spec)
  SELECT last.org_id, last.id, last.current_version, v.spec || '{"required": true}' FROM last JOIN field_version v
      ON v.org_id = last.org_id AND v.field_id = last.id AND v.version = last.current_version - 1`

/** Puts the ground into the database, in one turn; answers the person of each membership. */
async function arrange(world: TestWorld, start: ModelGround, orgId: string): Promise<Map<string, string>> {
  const statements: string[] = []
  const run = (text: string, values: readonly unknown[]): void =>
    void statements.push(text.replace(/\$(\d+)/g, (_, at) => literal(values[Number(at) - 1])))
  const { ground, territories, members, accounts, contacts, field, photoField } = start
  const people = new Map<string, string>()
  run('INSERT INTO organisation (id, name, slug, level_names, epoch) VALUES ($1, $2, $2, $3, $4)', [
    orgId,
    `faults-${orgId}`,
    '[]',
    start.epoch,
  ])
  for (const { id, parentId, rank, name, path } of territories)
    run('INSERT INTO territory (org_id, id, parent_id, rank, name, path) VALUES ($1, $2, $3, $4, $5, $6)', [
      orgId,
      id,
      parentId,
      rank,
      name,
      path,
    ])
  for (const [membershipId, { displayName, assignments }] of members) {
    const personId = crypto.randomUUID()
    people.set(membershipId, personId)
    run('INSERT INTO person (id, email) VALUES ($1, $2)', [personId, `${personId}@example.test`])
    run('INSERT INTO membership (org_id, id, person_id, display_name) VALUES ($1, $2, $3, $4)', [
      orgId,
      membershipId,
      personId,
      displayName,
    ])
    for (const { assignmentId, territoryId, role, validFrom } of assignments)
      run(
        'INSERT INTO assignment (org_id, id, membership_id, territory_id, role, valid_from) VALUES ($1, $2, $3, $4, $5, $6)',
        [orgId, assignmentId, membershipId, territoryId, role, validFrom],
      )
  }
  for (const { membershipId, deviceId } of [...ground.reps.flatMap(({ callers }) => callers), ground.manager])
    run('INSERT INTO device (org_id, id, membership_id, label) VALUES ($1, $2, $3, $4)', [
      orgId,
      deviceId,
      membershipId,
      'test',
    ])
  // Account and home in one statement: the home that an account was made with has its own instant.
  for (const { id, territoryId, kind, name } of accounts)
    run(
      `WITH made AS (
         INSERT INTO account (org_id, id, territory_id, kind, name, name_key) VALUES ($1, $2, $3, $4, $5, $6) RETURNING *)
       INSERT INTO account_home (org_id, account_id, from_at, territory_id) SELECT org_id, id, created_at, territory_id FROM made`,
      [orgId, id, territoryId, kind, name, nameKey(name)],
    )
  for (const { id, accountId, firstName, lastName } of contacts)
    run(
      'INSERT INTO contact (org_id, id, account_id, first_name, last_name, name_key) VALUES ($1, $2, $3, $4, $5, $6)',
      [orgId, id, accountId, firstName, lastName, nameKey(`${lastName} ${firstName}`)],
    )
  for (const { id, territoryId, entity, key, spec } of [field, photoField])
    run(
      `WITH made AS (
         INSERT INTO field_definition (org_id, id, territory_id, entity, key, current_version) VALUES ($1, $2, $3, $4, $5, 1) RETURNING *)
       INSERT INTO field_version (org_id, field_id, version, spec) SELECT org_id, id, 1, $6::jsonb FROM made`,
      [orgId, id, territoryId, entity, key, JSON.stringify(spec)],
    )
  await world.sql(orgId, statements.join(';\n'))
  return people
}

const literal = (value: unknown): string =>
  value === null ? 'NULL' : `'${String(value).replaceAll("'", "''")}'`

/** A machine may be busy: nobody waits for it but the judge. */
const TRUTH_MS = 60_000

/** All of it in one question: it is asked after every step that may have changed it. */
const truthOf = (sql: OrgSql, orgId: string): Promise<TruthRows[]> => sql.$queryRaw`
  SELECT (SELECT json_agg(a) FROM (
           SELECT id, territory_id AS "territoryId", name, city, phone_raw AS "phoneRaw",
                  to_char(last_visit_day, 'YYYY-MM-DD') AS "lastVisitDay", "values", version
             FROM account WHERE deleted_at IS NULL AND org_id = ${orgId}::uuid) a) AS accounts,
         (SELECT json_agg(c) FROM (
           SELECT id, account_id AS "accountId", last_name AS "lastName", job_title AS "jobTitle", "values", version
             FROM contact WHERE deleted_at IS NULL AND org_id = ${orgId}::uuid) c) AS contacts,
         (SELECT json_agg(r) FROM (
           SELECT id, account_id AS "accountId", author_id AS "authorId", outcome, note, "values", status, missing, version
             FROM report WHERE org_id = ${orgId}::uuid) r) AS reports,
         (SELECT json_agg(b) FROM (
           SELECT id, account_id AS "accountId", assignee_id AS "assigneeId", reason, to_char(due_day, 'YYYY-MM-DD') AS "dueDay",
                  done_at IS NOT NULL AS done, version
             FROM callback WHERE org_id = ${orgId}::uuid) b) AS callbacks,
         (SELECT json_agg(h) FROM (
           SELECT entity_id AS "entityId", version, op_id AS "opId", after
             FROM change WHERE org_id = ${orgId}::uuid ORDER BY entity_id, version) h) AS changes,
         (SELECT json_agg(o) FROM (
           SELECT op_id AS "opId", status FROM sync_receipt WHERE org_id = ${orgId}::uuid) o) AS receipts,
         (SELECT json_agg(q) FROM (
           SELECT id AS "itemId", op_id AS "opId",
                  (SELECT kind FROM quarantine_settlement s WHERE s.org_id = ${orgId}::uuid AND s.item_id = i.id) AS settled
             FROM sync_quarantine i WHERE org_id = ${orgId}::uuid ORDER BY received_at, id) q) AS aside,
         (SELECT json_agg(p) FROM (
           SELECT id, report_id AS "reportId", sha256, state = 'kept' AS kept
             FROM media WHERE org_id = ${orgId}::uuid) p) AS photos`

type TruthRows = {
  readonly accounts: AccountRow[] | null
  readonly contacts: ContactRow[] | null
  readonly reports: ReportRow[] | null
  readonly callbacks: CallbackRow[] | null
  readonly changes: Truth['changes'] | null
  readonly receipts: { readonly opId: string; readonly status: 'applied' | 'quarantined' }[] | null
  readonly aside: Aside[] | null
  readonly photos: (PhotoHeld & { readonly id: string })[] | null
}

async function readTruth(db: Db, { members }: ModelGround, orgId: string): Promise<Truth> {
  const read = (sql: OrgSql) => {
    const asked = truthOf(sql, orgId)
    sql.$commit?.()
    return asked
  }
  const [found] = await inOrgSql(db, orgId, read, { timeout: TRUTH_MS })
  const byId = <T extends { readonly id: string }>(rows: readonly T[] | null | undefined): Map<string, T> =>
    new Map((rows ?? []).map((row) => [row.id, row]))
  const named = found?.reports?.map((row) => ({
    ...row,
    authorName: members.get(row.authorId)?.displayName ?? '',
  }))
  return {
    accounts: byId(found?.accounts),
    contacts: byId(found?.contacts),
    reports: byId(named),
    callbacks: byId(found?.callbacks),
    changes: found?.changes ?? [],
    receipts: new Map(found?.receipts?.map(({ opId, status }) => [opId, { status }])),
    aside: found?.aside ?? [],
    photos: byId(found?.photos),
  }
}
