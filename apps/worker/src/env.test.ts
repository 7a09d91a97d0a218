import { describe, expect, it } from 'vitest'
import { readEnv } from './env.ts'

const url = 'postgresql://worker:secret@127.0.0.1:5432/fieldback'

describe('settings of the worker', () => {
  it('need a Postgres address and nothing else', () => {
    expect(readEnv({ DATABASE_DIRECT_URL: url })).toEqual({ databaseUrl: url, logLevel: 'info' })
  })
  it('that do not fit are named, and their value is not repeated', () => {
    expect(() => readEnv({})).toThrow('DATABASE_DIRECT_URL must be')
    expect(() => readEnv({ DATABASE_DIRECT_URL: 'mysql://root:secret@db/x' })).toThrow(/^(?!.*secret)/)
    expect(() => readEnv({ DATABASE_DIRECT_URL: url, LOG_LEVEL: 'loud' })).toThrow('LOG_LEVEL must be one of')
  })
})
