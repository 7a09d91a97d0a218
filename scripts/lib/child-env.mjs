import { delimiter, dirname } from 'node:path'

// What any program needs from its surroundings. Everything else is given by name, so that no credential of the
// person's shell reaches a server by accident.
const COMMON = [
  'HOME',
  'USER',
  'LOGNAME',
  'TMPDIR',
  'TEMP',
  'TMP',
  'TZ',
  'LANG',
  'LC_ALL',
  'CI',
  'NODE_EXTRA_CA_CERTS',
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'NO_PROXY',
  'http_proxy',
  'https_proxy',
  'no_proxy',
]
const APPLICATION_PREFIXES = [
  'FIELDBACK_',
  'SMTP_',
  'MAIL_',
  'LOG_',
  'DATABASE_POOL',
  'DATABASE_NAMED_',
  'DATABASE_REPLICA_',
]
const TOOL_PREFIXES = ['npm_config_', 'NPM_CONFIG_', 'PNPM_', 'XDG_', 'NEXT_PUBLIC_', 'TURBO_']

/** The environment of a command: the common part, this Node first on the PATH, then `extra`. */
export function commandEnv(env, extra = {}) {
  return { ...pick(env, (key) => COMMON.includes(key)), PATH: pathWithThisNode(env), NO_COLOR: '1', ...extra }
}

/** The same for our servers and jobs, with the application's own settings. */
export function applicationEnv(env, extra = {}) {
  return commandEnv(env, { ...pick(env, startsWithOneOf(APPLICATION_PREFIXES)), ...extra })
}

/** The same for npm, pnpm and builds, with what configures them. */
export function toolEnv(env, extra = {}) {
  return commandEnv(env, { ...pick(env, startsWithOneOf(TOOL_PREFIXES)), ...extra })
}

function pathWithThisNode(env) {
  return [dirname(process.execPath), env.PATH].filter(Boolean).join(delimiter)
}

function startsWithOneOf(prefixes) {
  return (key) => prefixes.some((prefix) => key.startsWith(prefix))
}

function pick(env, wanted) {
  return Object.fromEntries(Object.entries(env).filter(([key]) => wanted(key)))
}
