import { describe, expect, it } from 'vitest'
import { readEnv } from './env.ts'

const COMPLETE = {
  DATABASE_URL: 'postgresql://app:secret-word@localhost:5432/fieldback',
  NEXTAUTH_URL: 'https://fieldback.example.com',
  NEXTAUTH_SECRET: 'x'.repeat(32),
  SMTP_URL: 'smtp://localhost:2525',
}

describe('settings of the web server', () => {
  it('have their defaults', () => {
    expect(readEnv(COMPLETE)).toMatchObject({
      DATABASE_POOL: 10,
      DATABASE_NAMED_STATEMENTS: 'on',
      FIELDBACK_PROXIES: 0,
      LOG_LEVEL: 'info',
    })
  })
  it('name in one sentence all that is missing or not usable', () => {
    expect(() =>
      readEnv({ ...COMPLETE, SMTP_URL: '', NEXTAUTH_SECRET: 'short', DATABASE_POOL: 'many' }),
    ).toThrow(
      /^The web server cannot start: .*DATABASE_POOL is not usable.*NEXTAUTH_SECRET is not usable.*SMTP_URL is missing.*\.$/,
    )
  })
  it('never repeat a value', () => {
    const given = { ...COMPLETE, DATABASE_URL: 'mysql://app:secret-word@localhost/x' }
    expect(() => readEnv(given)).toThrow('DATABASE_URL is not usable')
    expect(() => readEnv(given)).not.toThrow('secret-word')
  })
})
