export type WorkerEnv = {
  /** A direct address: the queue listens on its connection, which a transaction pooler would break. */
  readonly databaseUrl: string
  readonly logLevel: string
  /** Where files that people send are kept, the same folder for the web server. */
  readonly dataFolder: string
  /** A bucket that keeps these files instead, with its keys. */
  readonly filesUrl: string | undefined
  readonly mail: { readonly url: string; readonly from: string }
  /** The address people type: links in mails begin with it. */
  readonly site: string
  /** Seconds that figures may be behind before it is logged. */
  readonly foldLag: number
  /** Where mail sent on this machine is kept, when no mail server is given; null: it is somebody else's. */
  readonly catcher: { readonly port: number; readonly directory: string } | null
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
  const filesUrl = env.FILES_URL || undefined
  if (filesUrl !== undefined && !URL.canParse(filesUrl))
    throw new Error('FILES_URL must be the address of a bucket.')
  const foldLag = Number(env.FIELDBACK_FOLD_LAG || 60)
  if (!(foldLag > 0)) throw new Error('FIELDBACK_FOLD_LAG must be a number of seconds.')
  return {
    databaseUrl,
    logLevel,
    foldLag,
    dataFolder: env.FIELDBACK_DATA || '.data',
    filesUrl,
    mail: {
      url: env.SMTP_URL || 'smtp://127.0.0.1:25',
      from: env.MAIL_FROM || 'Fieldback <fieldback@localhost>',
    },
    site: env.NEXTAUTH_URL || 'http://localhost:3000',
    catcher: readCatcher(env),
  }
}

function readCatcher(env: Readonly<Record<string, string | undefined>>): WorkerEnv['catcher'] {
  if (!env.MAIL_CATCH_PORT) return null
  const port = Number(env.MAIL_CATCH_PORT)
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new Error('MAIL_CATCH_PORT must be a port.')
  if (!env.MAIL_CATCH_DIR) throw new Error('MAIL_CATCH_DIR must be the folder where mail is kept.')
  return { port, directory: env.MAIL_CATCH_DIR }
}
