import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Asked, afterAsks, type SectorGround } from './after-asks.ts'
import type { Homed } from './own-sector.ts'
import type { SectorAsk } from './sector-ask.ts'

const account = (id: string, territoryId: string, city: string): Homed => ({
  id,
  territoryId,
  city,
  street: null,
  values: {},
})
const GROUND: SectorGround<Homed> = {
  territoryId: 'own',
  sectors: [
    { id: 'mine', name: 'Côte', made: true, pending: false },
    { id: 'theirs', name: 'Quais', made: false, pending: false },
  ],
  accounts: [
    account('a', 'own', 'Brest'),
    account('b', 'mine', 'Brest'),
    account('c', 'theirs', 'Brest'),
    account('d', 'own', 'Quimper'),
  ],
}
const none = () => []
const after = (...asks: readonly (readonly [string, SectorAsk])[]) =>
  afterAsks(
    GROUND,
    asks.map(([sectorId, ask], at) => ({ id: String(at), sectorId, ask })),
    none,
  )
const homes = ({ accounts }: SectorGround<Homed>) =>
  Object.fromEntries(accounts.map(({ id, territoryId }) => [id, territoryId]))
const BREST = { by: 'towns' as const, towns: ['brest'] }

describe('sub-sectors after what was asked', () => {
  it('a new one takes from the sector and from those of reps, and nothing from those of a manager', () => {
    const now = after(['new', { of: 'make', name: 'cote', rule: BREST }])
    expect(homes(now)).toEqual({ a: 'new', b: 'new', c: 'theirs', d: 'own' })
    expect(now.sectors.at(-1)).toEqual({ id: 'new', name: 'cote 2', made: true, pending: true })
  })
  it('one that is dissolved gives its accounts back; one of a manager stays as it is', () => {
    const now = after(['mine', { of: 'dissolve' }], ['theirs', { of: 'dissolve' }])
    expect(homes(now)).toEqual({ a: 'own', b: 'own', c: 'theirs', d: 'own' })
    expect(now.sectors.map(({ id }) => id)).toEqual(['theirs'])
  })
  it('what waits here and was taken back here never was', () => {
    const now = after(['new', { of: 'make', name: 'Brest', rule: BREST }], ['new', { of: 'undo', ask: '0' }])
    expect(now).toEqual(GROUND)
  })
  it('each account has one home, whatever is asked', () => {
    const sectorId = fc.constantFrom('mine', 'theirs', 'new', 'other')
    const rule = fc.oneof(
      fc.constant({ by: 'all' as const }),
      fc.constant(BREST),
      fc.record({
        by: fc.constant('accounts' as const),
        ids: fc.subarray(['a', 'b', 'c', 'd', 'x'], { minLength: 1 }),
      }),
    )
    const ask: fc.Arbitrary<SectorAsk> = fc.oneof(
      fc.record({ of: fc.constant('make' as const), name: fc.constantFrom('Côte', 'Nord'), rule }),
      fc.record({ of: fc.constant('rename' as const), name: fc.constantFrom('Quais', 'Sud') }),
      fc.record({ of: fc.constant('change' as const), into: fc.boolean(), rule }),
      fc.constant({ of: 'dissolve' as const }),
      fc.record({ of: fc.constant('undo' as const), ask: fc.constantFrom('0', '1', '9') }),
    )
    fc.assert(
      fc.property(fc.array(fc.tuple(sectorId, ask), { maxLength: 8 }), (pairs) => {
        const asks: Asked[] = pairs.map(([id, one], at) => ({ id: String(at), sectorId: id, ask: one }))
        const now = afterAsks(GROUND, asks, none)
        const places = new Set(['own', ...now.sectors.map(({ id }) => id)])
        expect(now.accounts.map(({ id }) => id)).toEqual(GROUND.accounts.map(({ id }) => id))
        expect(now.accounts.every(({ territoryId }) => places.has(territoryId))).toBe(true)
        expect(homes(now).c).toBe('theirs')
        expect(new Set(now.sectors.map(({ name }) => name)).size).toBe(now.sectors.length)
      }),
    )
  })
})
