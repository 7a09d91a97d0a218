export type WorkerEnv = {
  /** A direct address: the queue listens on its connection, which a transaction pooler would break. */
  readonly databaseUrl: string
  readonly logLevel: string
}

const LEVELS = ['debug', 'info', 'warn', 'error', 'silent']

/** Reads the worker's settings; throws one sentence naming the first that does not fit. */
export function readEnv(env: Readonly<Record<string, string | undefined>>): WorkerEnv {
  const databaseUrl = env.DATABASE_DIRECT_URL ?? ''
  if (!URL.canParse(databaseUrl) || !/^postgres(ql)?:$/.test(new URL(databaseUrl).protocol)) {
    throw new Error('DATABASE_DIRECT_URL must be the address of a Postgres database.')
  }
  const logLevel = env.LOG_LEVEL || 'info'
  if (!LEVELS.includes(logLevel)) throw new Error(`LOG_LEVEL must be one of ${LEVELS.join(', ')}.`)
  return { databaseUrl, logLevel }
}
