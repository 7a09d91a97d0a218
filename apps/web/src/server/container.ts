import { randomUUIDv7 } from 'node:crypto'
import { openFrance } from '@fieldback/adapters/division/france'
import { openSmtp } from '@fieldback/adapters/email/smtp'
import { openImages } from '@fieldback/adapters/images/sharp'
import { openStorage } from '@fieldback/adapters/storage/open-storage'
import type { Deps } from '@fieldback/api/context'
import { openDb } from '@fieldback/db/client'
import { openReplica } from '@fieldback/db/replica'
import { type Env, readEnv } from './env.ts'
import { openLog } from './log.ts'

export type Container = { readonly env: Env; readonly deps: Deps }

const held = globalThis as typeof globalThis & { fieldbackContainer?: Container }

/** The adapters behind the ports, once a process: a reload in development must not open a second pool. */
export function container(): Container {
  held.fieldbackContainer ??= wire(readEnv(process.env))
  return held.fieldbackContainer
}

function wire(env: Env): Container {
  const log = openLog(env.LOG_LEVEL)
  const connections = {
    max: env.DATABASE_POOL,
    namedStatements: env.DATABASE_NAMED_STATEMENTS === 'on',
  }
  const replica = env.DATABASE_REPLICA_URL
  const deps: Deps = {
    db: openDb({ url: env.DATABASE_URL, ...connections }),
    replica: replica
      ? openReplica({ url: replica, ...connections, log, lag: env.DATABASE_REPLICA_LAG * 1_000 })
      : undefined,
    email: openSmtp({ url: env.SMTP_URL, from: env.MAIL_FROM }),
    storage: openStorage({ filesUrl: env.FILES_URL, dataFolder: env.FIELDBACK_DATA, now: () => new Date() }),
    images: openImages(),
    division: openFrance(),
    log,
    site: env.NEXTAUTH_URL,
    now: () => new Date(),
    newId: randomUUIDv7,
  }
  return { env, deps }
}
