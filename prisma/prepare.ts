/**
 * Run by the owner after the migrations: installs the job queue's schema and grants the application and worker roles
 * what they need, and no more. Idempotent. Names of roles come from the addresses, so a migration cannot hold them.
 */
import { runMigrations } from 'graphile-worker'
import pg from 'pg'

const address = (name: string): string => {
  const value = process.env[name]
  if (!value) throw new Error(`${name} is not set`)
  return value
}

const roleOf = (url: string): string => decodeURIComponent(new URL(url).username)

const READ_WRITE = [
  'account',
  'account_home',
  'arranged_account',
  'assignment',
  'branch_digest',
  'callback',
  'coaching_note',
  'concept',
  'concept_link',
  'contact',
  'contest',
  'delegation',
  'device',
  'field_answer',
  'field_apart',
  'field_definition',
  'field_pair',
  'field_promotion',
  'field_seconds',
  'field_steadiness',
  'field_sunset',
  'field_tightening',
  'file_import',
  'giveback_check',
  'giveback_fault',
  'giveback_day',
  'giveback_opinion',
  'handover_dismissal',
  'handover_note',
  'import_line',
  'insight',
  'insight_opinion',
  'ledger_cell',
  'list',
  'list_item',
  'media',
  'membership',
  'objective',
  'objective_refusal',
  'organisation',
  'reassignment',
  'reassignment_line',
  'replacement',
  'pair_cell',
  'report',
  'report_use',
  'retention',
  'rollup_cell',
  'rollup_check',
  'rollup_day',
  'rollup_outbox',
  'rollup_person',
  'scenario',
  'sector_arrangement',
  'saved_view',
  'rollup_rebuild',
  'rollup_shift',
  'stock_cell',
  'territory',
  'view_reader',
]
/** History is written once: not even a faulty query of the application can rewrite it. */
const APPEND_ONLY = [
  'audit_event',
  'branch_move',
  'change',
  'field_promotion_source',
  'contest_answer',
  'field_set',
  'field_version',
  'insight_run',
  'quarantine_settlement',
  'scenario_remark',
  'sync_quarantine',
  'sync_receipt',
  'tightening_version',
]
/** Kept by triggers, as their owner. */
const READ_ONLY = ['ledger_month', 'ledger_presence', 'rollup_headcount', 'rollup_presence']
const FUNCTIONS = [
  'app_org()',
  'app_person()',
  'applied_migrations()',
  'count_import_rows(text)',
  'enqueue_job(text, json, text)',
  'find_key(text)',
  'fold_lag_seconds()',
  'found_organisation(text, jsonb)',
  'founding_state(text)',
  'identity_by_email(text)',
  'identity_by_id(uuid)',
  'identity_clear_failures(text)',
  'identity_count_failure(text, int, interval, interval)',
  'identity_ensure_people(uuid[], text[])',
  'identity_is_awaited(uuid)',
  'identity_look_at_link(text)',
  'identity_member_emails(uuid[])',
  'identity_members_by_email(text[])',
  'identity_memberships(uuid)',
  'identity_retry_after(text[])',
  'identity_set_password(uuid, text)',
  'identity_start_invitations(uuid[], text[], timestamptz)',
  'identity_start_link(text, text, timestamptz)',
  'identity_take_attempt(text, int, interval, interval)',
  'identity_proved_at(uuid)',
  'identity_take_link(text, timestamptz)',
  'identity_with_password(uuid[])',
  'job_lag_seconds()',
  'name_sketch(text)',
  'presence_bit(date)',
  'presence_era(date)',
  'rollup_drift()',
]
/** Names organisations to the worker, which serves them all; the application has no business knowing others. */
const WORKER_FUNCTIONS = [
  'due_insights(date)',
  'due_scenarios(timestamptz)',
  'due_retentions()',
  'erase_reports(uuid[], uuid[])',
  'erase_trail(uuid)',
  'every_organisation()',
  'waiting_arrangements()',
  'waiting_folds()',
  'waiting_counts()',
  'waiting_pairs()',
  'waiting_imports(interval)',
  'waiting_reassignments()',
  'waiting_rebuilds()',
  'purgeable_imports(interval, interval)',
]

const ownerUrl = address('DATABASE_OWNER_URL')
const app = roleOf(address('DATABASE_URL'))
const worker = roleOf(address('DATABASE_DIRECT_URL'))

await runMigrations({ connectionString: ownerUrl })

const client = new pg.Client({ connectionString: ownerUrl })
await client.connect()
try {
  await client.query('BEGIN')
  for (const role of new Set([app, worker])) await grantTables(pg.escapeIdentifier(role))
  for (const name of WORKER_FUNCTIONS)
    await client.query(`GRANT EXECUTE ON FUNCTION ${name} TO ${pg.escapeIdentifier(worker)}`)
  await grantQueue(pg.escapeIdentifier(worker))
  await client.query('COMMIT')
} finally {
  await client.end()
}

async function grantTables(role: string): Promise<void> {
  await client.query(`GRANT USAGE ON SCHEMA public TO ${role}`)
  for (const table of READ_WRITE)
    await client.query(`GRANT SELECT, INSERT, UPDATE, DELETE ON ${table} TO ${role}`)
  for (const table of APPEND_ONLY) await client.query(`GRANT SELECT, INSERT ON ${table} TO ${role}`)
  // What waits is found by it; what came stays as it came.
  await client.query(`GRANT UPDATE (settled_at) ON sync_quarantine TO ${role}`)
  for (const table of READ_ONLY) await client.query(`GRANT SELECT ON ${table} TO ${role}`)
  for (const name of FUNCTIONS) await client.query(`GRANT EXECUTE ON FUNCTION ${name} TO ${role}`)
  await client.query(`GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO ${role}`)
}

/** The queue's tables have row-level security without a policy: the worker, which does not own them, gets one each. */
async function grantQueue(role: string): Promise<void> {
  await client.query(`GRANT USAGE ON SCHEMA graphile_worker TO ${role}`)
  await client.query(
    `GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA graphile_worker TO ${role}`,
  )
  await client.query(`GRANT USAGE ON ALL SEQUENCES IN SCHEMA graphile_worker TO ${role}`)
  await client.query(`GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA graphile_worker TO ${role}`)
  const tables = await client.query<{ name: string }>(
    `SELECT c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname = 'graphile_worker' AND c.relkind = 'r' AND c.relrowsecurity`,
  )
  for (const { name } of tables.rows) {
    const table = `graphile_worker.${pg.escapeIdentifier(name)}`
    await client.query(`DROP POLICY IF EXISTS worker ON ${table}`)
    await client.query(`CREATE POLICY worker ON ${table} TO ${role} USING (true) WITH CHECK (true)`)
  }
}
