import {
  ColumnTypeEnum,
  type SqlDriverAdapter,
  type SqlQuery,
  type SqlResultSet,
} from '@prisma/driver-adapter-utils'
import { EngineFailure } from './engine-failure.ts'
import type { EngineDatabase } from './migration-database.ts'

/** The oldest Postgres that Fieldback accepts: what scripts are written for when no server is there to be asked. */
const version = { text: 'PostgreSQL 15.0', number: 150000 }

/**
 * Stands in for a server when schema files are compared with each other. The WASM engine asks every server for its
 * version before anything else; nothing more is answered here.
 */
export class OfflineDatabase implements EngineDatabase {
  readonly provider = 'postgres'
  readonly adapterName = '@prisma/adapter-pg'
  refusal: undefined

  async connect(): Promise<SqlDriverAdapter> {
    const { provider, adapterName } = this
    return {
      provider,
      adapterName,
      queryRaw: answerVersion,
      executeRaw: refuse,
      executeScript: refuse,
      startTransaction: refuse,
      getConnectionInfo: () => ({ schemaName: 'public', supportsRelationJoins: true }),
      dispose: async () => {},
    }
  }

  connectToShadowDb(): Promise<never> {
    return refuse()
  }

  async close(): Promise<void> {}
}

async function answerVersion({ sql }: SqlQuery): Promise<SqlResultSet> {
  if (!sql.includes('server_version_num')) return refuse()
  return {
    columnNames: ['exists', 'version', 'numeric_version'],
    columnTypes: [ColumnTypeEnum.Boolean, ColumnTypeEnum.Text, ColumnTypeEnum.Int32],
    rows: [[true, version.text, version.number]],
  }
}

async function refuse(): Promise<never> {
  throw new EngineFailure({ message: 'This comparison needs a database, and none is connected.' })
}
