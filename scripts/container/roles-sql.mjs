/**
 * The statements of deploy/roles.sql as psql would send them: `\getenv name VARIABLE` reads the environment and
 * :'name' is quoted. Only what that file uses is understood.
 */
export function rolesStatements(text, env) {
  const values = new Map()
  const sql = []
  for (const line of text.split('\n')) {
    const [, name, variable] = /^\\getenv (\w+) (\w+)$/.exec(line) ?? []
    if (name) values.set(name, required(env, variable))
    else if (line.startsWith('\\')) throw new Error(`deploy/roles.sql: "${line}" is not understood`)
    else if (!line.startsWith('--')) sql.push(line)
  }
  const filled = sql
    .join('\n')
    .replace(/:'(\w+)'/g, (_, name) => quote(required(Object.fromEntries(values), name)))
  return filled
    .split(/;\s*$/m)
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '')
}

/** The variables that deploy/roles.sql reads. */
export function rolesVariables(text) {
  return [...text.matchAll(/^\\getenv \w+ (\w+)$/gm)].map(([, variable]) => variable)
}

function required(values, name) {
  if (!values[name]) throw new Error(`deploy/roles.sql wants ${name}`)
  return values[name]
}

const quote = (value) => `'${value.replaceAll("'", "''")}'`
