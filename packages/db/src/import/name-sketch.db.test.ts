import { nameSketch } from '@fieldback/domain/account/name-sketch'
import { nameKey } from '@fieldback/domain/account/normalise'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type TestDatabase, testDatabase } from '../test-database.ts'

let database: TestDatabase
let owner: Client
beforeAll(async () => {
  database = await testDatabase()
  owner = new Client({ connectionString: database.ownerUrl })
  await owner.connect()
})
afterAll(async () => {
  await owner.end()
  await database.drop()
})

const sketched = async (keys: readonly string[]): Promise<(string | null)[]> => {
  const { rows } = await owner.query<{ sketch: string | null }>(
    'SELECT name_sketch(key) AS sketch FROM unnest($1::text[]) WITH ORDINALITY AS k (key, n) ORDER BY n',
    [keys],
  )
  return rows.map(({ sketch }) => sketch)
}

const PARTS =
  'a e y ou on ph pph h hh k qu z w m n mn bb ccc dd ff ll nnn ss tt x dx st eau ier 7 20 é œ ß 東 𝒜 𐐨 ～ ﬀ ſ'.split(
    ' ',
  )
const WORDS = 'SARL S.A.R.L. Ets de la d’ Fromagerie Philippe Henry Boucherie H'.split(' ')

it('a name sounds the same to a file and to the database', async () => {
  let seed = 7
  const below = (n: number): number => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff
    return (seed >> 8) % n
  }
  const many = (most: number, one: () => string) => Array.from({ length: below(most + 1) }, one)
  const of = (list: readonly string[]) => list[below(list.length)] ?? ''
  const word = () => (below(3) === 0 ? of(WORDS) : many(7, () => of(PARTS)).join(''))
  const keys = Array.from({ length: 10_000 }, () => nameKey(many(5, word).join(' ')))
  expect(new Set(keys).size).toBeGreaterThan(5_000)
  const heard = await sketched(keys)
  expect(keys.map((key) => [key, nameSketch(key)])).toEqual(keys.map((key, i) => [key, heard[i] ?? null]))
  expect([...(await sketched(['', 'sarl', 'h']))]).toEqual([null, null, ''])
})
