import { Failure } from './failure.mjs'
import { loadPg } from './workspace-require.mjs'

const OLDEST = 15
const CONNECT_MS = 5_000

const SUBJECT = `
  SELECT current_setting('server_version_num')::int / 10000 AS major,
         current_database() AS database,
         (SELECT system_identifier::text FROM pg_control_system()) AS cluster,
         role.rolsuper AS superuser,
         role.rolbypassrls AS bypasses,
         pg_has_role(role.oid, base.datdba, 'MEMBER') AS owns_database,
         EXISTS (
           SELECT FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
           WHERE relkind IN ('r', 'p', 'v', 'm') AND nspname NOT LIKE 'pg\\_%' AND nspname <> 'information_schema'
             AND pg_has_role(role.oid, relowner, 'MEMBER')
         ) AS owns_tables,
         has_database_privilege(role.oid, base.oid, 'CREATE') AS may_create
  FROM pg_roles AS role, pg_database AS base
  WHERE role.rolname = current_user AND base.datname = current_database()`

/**
 * Checks the three addresses of an existing Postgres before anything is written to it. Throws a Failure with one
 * sentence: unreachable, refused, too old, not one database, or a role that row-level security would not hold.
 */
export async function checkExternalDatabase({ root, external }) {
  const app = await look(root, 'DATABASE_URL', external.app)
  const worker = await look(root, 'DATABASE_DIRECT_URL', external.worker)
  const owner = await look(root, 'DATABASE_OWNER_URL', external.owner)
  requireSubject('DATABASE_URL', app)
  requireSubject('DATABASE_DIRECT_URL', worker)
  requireOneDatabase([app, worker, owner])
  if (!owner.owns_database && !owner.may_create) {
    throw new Failure(
      'The DATABASE_OWNER_URL role may not create schemas there; make it the owner of the database.',
    )
  }
}

async function look(root, key, url) {
  const { Client } = loadPg(root)
  const client = new Client({ connectionString: url, connectionTimeoutMillis: CONNECT_MS })
  client.on('error', () => {})
  try {
    await client.connect()
    const { rows } = await client.query(SUBJECT)
    if (rows[0].major < OLDEST) {
      throw new Failure(`${key} leads to Postgres ${rows[0].major}; Fieldback needs ${OLDEST} or newer.`)
    }
    return rows[0]
  } catch (error) {
    throw error instanceof Failure ? error : connectionFailure(key, url, error)
  } finally {
    await client.end().catch(() => {})
  }
}

function requireSubject(key, role) {
  const fault =
    (role.superuser && 'is a superuser') ||
    (role.bypasses && 'bypasses row-level security') ||
    (role.owns_database && 'owns the database') ||
    (role.owns_tables && 'owns tables')
  if (!fault) return
  throw new Failure(
    `The ${key} role ${fault}, so organisations would not be kept apart; give a plain role that owns nothing.`,
  )
}

function requireOneDatabase(seen) {
  const places = new Set(seen.map((role) => `${role.cluster}/${role.database}`))
  if (places.size === 1) return
  throw new Failure(
    'DATABASE_URL, DATABASE_OWNER_URL and DATABASE_DIRECT_URL lead to different databases; give one.',
  )
}

/** The sentence for an address that could not be used. It names the host and never the password. */
function connectionFailure(key, url, error) {
  const { hostname, port, username, pathname } = new URL(url)
  const place = `${hostname}:${port || 5432}`
  // SQLSTATE classes: 28 authentication, 3D unknown database, 53 no room, 57 starting or stopping.
  if (/^28/.test(error.code) || /password must be a string|SASL/.test(error.message)) {
    return new Failure(`${key}: ${place} refuses the user ${username}; check the name and the password.`)
  }
  if (error.code === '3D000') {
    return new Failure(`${key}: ${place} has no database ${pathname.slice(1)}; create it first.`)
  }
  if (/^(53|57)/.test(error.code)) {
    return new Failure(`${key}: ${place} is not taking connections now (${error.message}); try again.`)
  }
  if (error.code === '42501') {
    return new Failure(
      `${key}: the user ${username} may not use the database ${pathname.slice(1)}; grant it CONNECT.`,
    )
  }
  return new Failure(
    `${key}: no Postgres answers at ${place} (${error.code ?? error.message}); check the address.`,
  )
}
