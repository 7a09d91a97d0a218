import { describe, expect, test } from 'vitest'
import { readSettings } from './settings.mjs'

const read = (env) => readSettings(env, '/checkout')
const addresses = {
  DATABASE_URL: 'postgresql://app:a@db.example:5432/fieldback',
  DATABASE_OWNER_URL: 'postgres://owner:b@db.example/fieldback',
  DATABASE_DIRECT_URL: 'postgresql://worker:c@db.example/fieldback',
}

describe('the settings of npm start', () => {
  test('without any variable: port 3000, .data beside the code, the demonstration, the embedded Postgres', () => {
    expect(read({})).toEqual({
      root: '/checkout',
      port: 3000,
      dataDir: '/checkout/.data',
      seed: 'demo',
      external: null,
    })
  })

  test('an empty variable counts as absent', () => {
    expect(read({ PORT: '', FIELDBACK_DATA: '', FIELDBACK_SEED: '', DATABASE_URL: '' })).toEqual(read({}))
  })

  test('a relative data folder starts from the checkout, an absolute one is kept', () => {
    expect(read({ FIELDBACK_DATA: 'second' }).dataDir).toBe('/checkout/second')
    expect(read({ FIELDBACK_DATA: '/srv/fieldback' }).dataDir).toBe('/srv/fieldback')
  })

  test.each(['abc', '0', '65536', '-1', '30.5', '3000x', '0x50'])(
    'the port %s is refused by name',
    (PORT) => {
      expect(() => read({ PORT })).toThrow(`PORT is "${PORT}"; give a number from 1 to 65535.`)
    },
  )

  test.each(['1', '65535'])('the port %s is taken', (PORT) => {
    expect(read({ PORT }).port).toBe(Number(PORT))
  })

  test('an unknown seed is refused with the ones there are', () => {
    expect(() => read({ FIELDBACK_SEED: 'Demo' })).toThrow('FIELDBACK_SEED is "Demo"; give demo or none.')
    expect(read({ FIELDBACK_SEED: 'none' }).seed).toBe('none')
  })

  test('three addresses replace the embedded Postgres', () => {
    expect(read(addresses).external).toEqual({
      app: addresses.DATABASE_URL,
      owner: addresses.DATABASE_OWNER_URL,
      worker: addresses.DATABASE_DIRECT_URL,
    })
  })

  test('one or two addresses are refused, naming those that lack', () => {
    const { DATABASE_URL, DATABASE_OWNER_URL } = addresses
    expect(() => read({ DATABASE_URL })).toThrow(/^DATABASE_OWNER_URL and DATABASE_DIRECT_URL are missing; /)
    expect(() => read({ DATABASE_URL, DATABASE_OWNER_URL })).toThrow(/^DATABASE_DIRECT_URL is missing; /)
  })

  test.each([
    'nonsense',
    'mysql://a:b@host/x',
    'postgresql://host/x',
    'postgresql://a:b@host',
    'postgresql://a:b@host/',
  ])('the address %s is refused without being repeated', (value) => {
    const refuse = () => read({ ...addresses, DATABASE_OWNER_URL: value })
    expect(refuse).toThrow(/^DATABASE_OWNER_URL is not a Postgres address; write it as /)
    expect(refuse).not.toThrow(value)
  })
})
