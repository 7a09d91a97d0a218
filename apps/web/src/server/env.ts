import * as z from 'zod'

const text = z.string().trim().min(1)

const SCHEMA = z.object({
  NODE_ENV: z.enum(['development', 'production', 'test']).default('production'),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  /** Connections of this process. */
  DATABASE_POOL: z.coerce.number().int().min(1).max(200).default(10),
  /** Off behind PgBouncer older than 1.21, which does not know statements prepared by name. */
  DATABASE_NAMED_STATEMENTS: z.enum(['on', 'off']).default('on'),
  /** A standby of the same database, from which figures are read. */
  DATABASE_REPLICA_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  /** Seconds that figures read there may be behind. */
  DATABASE_REPLICA_LAG: z.coerce.number().positive().max(60).default(10),
  /** The address people type; https switches the cookies' Secure flag and HSTS on. */
  NEXTAUTH_URL: z.url({ protocol: /^https?$/ }),
  NEXTAUTH_SECRET: text.min(32),
  SMTP_URL: z.url({ protocol: /^smtps?$/ }),
  MAIL_FROM: text.default('Fieldback <fieldback@localhost>'),
  /** Where files that people send are kept, the same folder for the worker. */
  FIELDBACK_DATA: text.default('.data'),
  /** A bucket that keeps these files instead, with its keys. */
  FILES_URL: z.url({ protocol: /^https?$/ }).optional(),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  /** Seconds that figures may be behind before health says so. */
  FIELDBACK_FOLD_LAG: z.coerce.number().positive().default(60),
  /** Reverse proxies in front of this server: how many last addresses of X-Forwarded-For are theirs. */
  FIELDBACK_PROXIES: z.coerce.number().int().min(0).max(5).default(0),
})

export type Env = z.infer<typeof SCHEMA>

const EXPLAINED: Readonly<Record<string, string>> = {
  DATABASE_URL: 'the address of the database, postgresql://user:password@host:5432/database',
  DATABASE_REPLICA_URL: 'the address of a standby for the role of DATABASE_URL',
  NEXTAUTH_URL: 'the address people type, such as https://fieldback.example.com',
  NEXTAUTH_SECRET: 'at least 32 random characters, the same for every web server',
  FILES_URL: 'the address of a bucket, https://key:secret@s3.example.com/bucket?region=…',
  SMTP_URL: 'the address of the mail server, smtp://user:password@host:587',
}

/** Reads the settings of the web server. Throws one sentence that names every variable to mend, never a value. */
export function readEnv(source: Readonly<Record<string, string | undefined>>): Env {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''))
  const parsed = SCHEMA.safeParse(given)
  if (parsed.success) return parsed.data
  const names = [...new Set(parsed.error.issues.map((issue) => String(issue.path[0])))]
  const wanted = names.map((name) => {
    const what = EXPLAINED[name]
    const state = given[name] === undefined ? 'is missing' : 'is not usable'
    return what ? `${name} ${state} (${what})` : `${name} ${state}`
  })
  throw new Error(`The web server cannot start: ${wanted.join('; ')}.`)
}
