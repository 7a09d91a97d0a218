import { describe, expect, it } from 'vitest'
import { readEnv } from './env.ts'

const url = 'postgresql://worker:secret@127.0.0.1:5432/fieldback'

describe('settings of the worker', () => {
  it('need a Postgres address and nothing else', () => {
    expect(readEnv({ DATABASE_DIRECT_URL: url })).toEqual({
      databaseUrl: url,
      logLevel: 'info',
      foldLag: 60,
      dataFolder: '.data',
      mail: { url: 'smtp://127.0.0.1:25', from: 'Fieldback <fieldback@localhost>' },
      site: 'http://localhost:3000',
      catcher: null,
    })
  })
  it('may name a folder for the mail of this machine', () => {
    const caught = { DATABASE_DIRECT_URL: url, MAIL_CATCH_PORT: '2525', MAIL_CATCH_DIR: '/data/mail' }
    expect(readEnv(caught).catcher).toEqual({ port: 2525, directory: '/data/mail' })
    expect(() => readEnv({ ...caught, MAIL_CATCH_PORT: 'x' })).toThrow('MAIL_CATCH_PORT must be')
    expect(() => readEnv({ ...caught, MAIL_CATCH_DIR: '' })).toThrow('MAIL_CATCH_DIR must be')
  })
  it('that do not fit are named, and their value is not repeated', () => {
    expect(() => readEnv({})).toThrow('DATABASE_DIRECT_URL must be')
    expect(() => readEnv({ DATABASE_DIRECT_URL: 'mysql://root:secret@db/x' })).toThrow(/^(?!.*secret)/)
    expect(() => readEnv({ DATABASE_DIRECT_URL: url, FIELDBACK_FOLD_LAG: '-1' })).toThrow(
      'FIELDBACK_FOLD_LAG must be',
    )
    expect(() => readEnv({ DATABASE_DIRECT_URL: url, LOG_LEVEL: 'loud' })).toThrow('LOG_LEVEL must be one of')
    expect(() => readEnv({ DATABASE_DIRECT_URL: url, FILES_URL: 'my bucket' })).toThrow('FILES_URL must be')
  })
})
