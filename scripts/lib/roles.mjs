import { loadPg } from './workspace-require.mjs'

const DATABASE = 'fieldback'
const OWNER = 'fieldback_owner'
const ROLES = [
  // The owner of a test cluster clones databases and drops them with whoever is still connected.
  { name: OWNER, secret: 'owner' },
  { name: 'fieldback_app', secret: 'app' },
  { name: 'fieldback_worker', secret: 'worker' },
]

/**
 * The three addresses of a database of the embedded Postgres. `socket` is the folder of its socket, which answers the
 * servers in nine tenths of the time; tools go by the port, as all of them can.
 */
export function databaseUrls({ port, secrets, database = DATABASE, socket = null }) {
  const by = (name) => (socket && name !== OWNER ? `?host=${encodeURIComponent(socket)}` : '')
  const url = ({ name, secret }) =>
    `postgresql://${name}:${secrets[secret]}@127.0.0.1:${port}/${database}${by(name)}`
  const [owner, app, worker] = ROLES.map(url)
  return { owner, app, worker }
}

/**
 * Creates the three roles and the database if they are not there, and brings their passwords and attributes to what
 * they must be. `cloning` lets the owner clone and drop databases, which only tests need.
 */
export async function createRoles({ root, superuserUrl, secrets, database = DATABASE, cloning = false }) {
  const { Client } = loadPg(root)
  const client = new Client({ connectionString: superuserUrl })
  await client.connect()
  try {
    for (const { name, secret } of ROLES) await createRole(client, name, secrets[secret])
    if (cloning) {
      await client.query(`ALTER ROLE ${OWNER} CREATEDB`)
      await client.query(`GRANT pg_signal_backend TO ${OWNER}`)
    }
    await createDatabase(client, database)
  } finally {
    await client.end()
  }
}

async function createRole(client, name, password) {
  const { rowCount } = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [name])
  if (rowCount === 0) await client.query(`CREATE ROLE ${name}`)
  await client.query(
    `ALTER ROLE ${name} LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB NOREPLICATION PASSWORD ${client.escapeLiteral(password)}`,
  )
}

async function createDatabase(client, database) {
  const name = client.escapeIdentifier(database)
  const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [database])
  if (rowCount === 0) await client.query(`CREATE DATABASE ${name} OWNER ${OWNER}`)
  await client.query(`REVOKE ALL ON DATABASE ${name} FROM PUBLIC`)
  await client.query(
    `GRANT CONNECT, TEMPORARY ON DATABASE ${name} TO ${ROLES.map((role) => role.name).join(', ')}`,
  )
}
