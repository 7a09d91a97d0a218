import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Role } from '../access/permissions.ts'
import type { Scope } from '../access/scope.ts'
import { nameKey } from '../account/normalise.ts'
import {
  freeName,
  type Homed,
  mayArrange,
  ruledAccount,
  SECTOR_NAME_MAX,
  selectAccounts,
} from './own-sector.ts'
import type { Rank } from './rank.ts'
import type { RehomeRule, Side } from './rehome-rule.ts'

const scope = (role: Role, path: string): Scope => ({
  orgId: 'o',
  membershipId: 'm',
  deviceId: 'd',
  day: '2026-11-24',
  grants: [{ assignmentId: 'a', role, territoryId: 't', path }],
})
const sector = (path: string, made: boolean, rank: Rank = 3) => ({ path, made, rank })

describe('who arranges a sub-sector', () => {
  const rep = scope('rep', 'fr/na/64/')
  it('a rep those that reps made in his own sector, and no other', () => {
    expect(mayArrange(rep, sector('fr/na/64/x/', true))).toBe(true)
    expect(mayArrange(rep, sector('fr/na/64/x/', false)), 'of a manager').toBe(false)
    expect(mayArrange(rep, sector('fr/na/40/x/', true)), 'beside').toBe(false)
    expect(mayArrange(rep, sector('fr/na/64/', true, 2)), 'above').toBe(false)
    expect(mayArrange(scope('rep', 'fr/na/64/y/'), sector('fr/na/64/x/', true)), 'a neighbour').toBe(false)
  })
  it('a manager all those of his branch; headquarters none', () => {
    expect(mayArrange(scope('manager', 'fr/na/'), sector('fr/na/64/x/', false))).toBe(true)
    expect(mayArrange(scope('manager', 'fr/na/'), sector('fr/na/64/', false, 2))).toBe(false)
    expect(mayArrange(scope('headquarters', 'fr/'), sector('fr/na/64/x/', true))).toBe(false)
  })
})

describe('a name that is free', () => {
  it('is the one chosen, or the next number', () => {
    expect(freeName('Côte', ['Béarn'])).toBe('Côte')
    expect(freeName('Côte', ['cote', 'COTE 2'])).toBe('Côte 3')
  })
  it('is no name that is taken, whatever those are, and no longer than a name may be', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[a-zé ]{1,80}$/),
        fc.array(fc.stringMatching(/^[a-zé ]{1,80}( \d)?$/)),
        (name, taken) => {
          const free = freeName(name, taken)
          return !taken.map(nameKey).includes(nameKey(free)) && free.length <= SECTOR_NAME_MAX
        },
      ),
    )
  })
})

const account = (id: string, over: Partial<Homed> = {}): Homed => ({
  id,
  territoryId: 'own',
  city: 'Bayonne',
  street: '12 rue Thiers',
  values: {},
  ...over,
})
const ids = (accounts: readonly Homed[]) => accounts.map(({ id }) => id)
const from = { to: 'new', open: (territoryId: string) => territoryId !== 'theirs' }

describe('what a rule takes', () => {
  it('nothing from where the asker takes nothing, and nobody who is there already', () => {
    const accounts = [
      account('a'),
      account('b', { territoryId: 'theirs' }),
      account('c', { territoryId: 'new' }),
      account('d', { city: 'Anglet' }),
    ]
    const { taken, kept } = selectAccounts(accounts, { by: 'towns', towns: ['BAYONNE'] }, from)
    expect([ids(taken), ids(kept)]).toEqual([['a'], ['b']])
  })
  it('an account by what one of its contacts answers', () => {
    const rule: RehomeRule = { by: 'answer', fieldId: 'f', option: 'true' }
    const contacts = [{ values: { f: { v: 1, x: false } } }, { values: { f: { v: 1, x: true } } }]
    expect(ruledAccount(account('a'), rule, contacts).values.f?.x).toEqual(['false', 'true'])
    const { taken } = selectAccounts([account('a'), account('b')], rule, {
      ...from,
      contactsOf: (id) => (id === 'a' ? contacts : [{ values: { f: { v: 1, x: null } } }]),
    })
    expect(ids(taken)).toEqual(['a'])
  })

  const some = fc.array(
    fc.record({
      id: fc.uuid(),
      city: fc.constantFrom('Bayonne', 'ANGLET', 'Saint-Jean', null),
      street: fc.constantFrom('1 rue Thiers', '2 Rue THIERS', 'rue Thiers', '7 bis quai', null),
      territoryId: fc.constantFrom('own', 'theirs', 'mine', 'new'),
      values: fc.constant({}),
    }),
    { maxLength: 30 },
  )
  const rules = fc.oneof(
    fc.record({
      by: fc.constant('towns' as const),
      towns: fc.subarray(['bayonne', 'Anglet', 'SAINT JEAN'], { minLength: 1 }),
    }),
    fc.record({
      by: fc.constant('street' as const),
      town: fc.constantFrom('Bayonne', 'anglet'),
      street: fc.constantFrom('rue thiers', 'Quai'),
      side: fc.constantFrom<Side>('odd', 'even', 'all'),
    }),
    fc.constant({ by: 'all' as const }),
  )
  it('parts what it means: each account that is not there yet is taken, kept, or not meant', () => {
    fc.assert(
      fc.property(some, rules, (accounts, rule) => {
        const { taken, kept } = selectAccounts(accounts, rule, from)
        const meant = ids([...taken, ...kept])
        expect(taken.every(({ territoryId }) => from.open(territoryId) && territoryId !== 'new')).toBe(true)
        expect(kept.every(({ territoryId }) => !from.open(territoryId))).toBe(true)
        // Once taken, the same rule finds nothing more to take.
        const after = accounts.map((one) => (taken.includes(one) ? { ...one, territoryId: 'new' } : one))
        expect(selectAccounts(after, rule, from).taken).toEqual([])
        expect(meant.every((id) => accounts.some((one) => one.id === id))).toBe(true)
      }),
    )
  })
  it('the two sides of a street share no account, and are all of it but those without a number', () => {
    fc.assert(
      fc.property(some, (accounts) => {
        const take = (side: Side) =>
          ids(
            selectAccounts(accounts, { by: 'street', town: 'Bayonne', street: 'rue Thiers', side }, from)
              .taken,
          )
        const [odd, even, all] = [take('odd'), take('even'), take('all')]
        expect(odd.filter((id) => even.includes(id))).toEqual([])
        expect([...odd, ...even].every((id) => all.includes(id))).toBe(true)
      }),
    )
  })
})
