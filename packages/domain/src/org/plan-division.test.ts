import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Division } from '../ports/division.ts'
import { type DivisionPlan, type KnownTerritory, planDivision } from './plan-division.ts'

const DIVISION: Division = {
  country: { code: 'FR', name: 'France' },
  places: [
    { rank: 1, code: '75', name: 'Nouvelle-Aquitaine', parent: 'FR' },
    { rank: 1, code: '53', name: 'Bretagne', parent: 'FR' },
    { rank: 2, code: '64', name: 'Pyrénées-Atlantiques', parent: '75' },
    { rank: 2, code: '75', name: 'Landes', parent: '75' },
    { rank: 2, code: '29', name: 'Finistère', parent: '53' },
    { rank: 3, code: '2000', name: 'Pays Basque', parent: '64' },
    { rank: 3, code: '2001', name: 'Béarn', parent: '64' },
  ],
}
const ROOT: KnownTerritory = { id: 'r', parentId: null, rank: 0, name: 'Delmas', code: null, path: 'r/' }
const region = (over: Partial<KnownTerritory>): KnownTerritory => ({
  id: 'x',
  parentId: 'r',
  rank: 1,
  name: 'Ouest',
  code: null,
  path: 'r/x/',
  ...over,
})
const ids = () => {
  let n = 0
  return () => `new${++n}`
}
const plan = (wish: Parameters<typeof planDivision>[1], known: readonly KnownTerritory[] = [ROOT]) =>
  planDivision(DIVISION, wish, known, ids())
const names = ({ add }: DivisionPlan) => add.map(({ name }) => name)
/** The organisation once a plan is carried out. */
const after = (known: readonly KnownTerritory[], { add, adopt }: DivisionPlan): KnownTerritory[] => [
  ...known.map((one) => ({ ...one, code: adopt.find(({ id }) => id === one.id)?.code ?? one.code })),
  ...add,
]

describe('the places of a division', () => {
  it('are taken down to the depth wished', () => {
    expect(names(plan({ depth: 1, regions: null }))).toEqual(['Nouvelle-Aquitaine', 'Bretagne'])
    expect(plan({ depth: 2, regions: null }).added).toEqual([2, 3, 0])
    expect(plan({ depth: 3, regions: null }).added).toEqual([2, 3, 2])
  })
  it('are taken in the regions wished alone', () => {
    expect(names(plan({ depth: 3, regions: ['53'] }))).toEqual(['Bretagne', 'Finistère'])
    expect(names(plan({ depth: 3, regions: [] }))).toEqual([])
  })
  it('stand under the place they lie in, with its path', () => {
    const { add } = plan({ depth: 3, regions: ['75'] })
    const at = (code: string, rank: number) => add.find((one) => one.code === code && one.rank === rank)
    const sector = at('2000', 3)
    expect(sector?.parentId).toBe(at('64', 2)?.id)
    expect(sector?.path).toBe(`r/${at('75', 1)?.id}/${at('64', 2)?.id}/${sector?.id}/`)
  })
  it('a region and a department of one code are two places', () => {
    const known = [ROOT, region({ id: 'na', code: '75', name: 'Sud-Ouest', path: 'r/na/' })]
    expect(names(plan({ depth: 2, regions: ['75'] }, known))).toEqual(['Pyrénées-Atlantiques', 'Landes'])
  })
})

describe('what exists', () => {
  it('stays as it is, and takes what lies in it', () => {
    const known = [ROOT, region({ id: 'bzh', code: '53', name: 'Breizh', path: 'r/bzh/' })]
    const { add, adopt } = plan({ depth: 2, regions: ['53'] }, known)
    expect(add).toMatchObject([
      { name: 'Finistère', parentId: 'bzh', path: expect.stringMatching(/^r\/bzh\//) },
    ])
    expect(adopt).toEqual([])
  })
  it('under the same name and without a code is that place: it gets its code', () => {
    const known = [ROOT, region({ id: 'bzh', name: 'BRETAGNE', path: 'r/bzh/' })]
    const { add, adopt } = plan({ depth: 1, regions: ['53'] }, known)
    expect(add).toEqual([])
    expect(adopt).toEqual([{ id: 'bzh', code: '53' }])
  })
  it('under the same name with another code is another place: the new one carries its code', () => {
    const known = [ROOT, region({ code: 'W', name: 'Bretagne' })]
    expect(names(plan({ depth: 1, regions: ['53'] }, known))).toEqual(['Bretagne (53)'])
  })
})

describe('the same wish twice', () => {
  const wishes = fc.record({
    depth: fc.constantFrom(1, 2, 3) as fc.Arbitrary<1 | 2 | 3>,
    regions: fc.option(fc.subarray(['75', '53'])),
  })
  it('adds nothing, whatever was wished before', () => {
    fc.assert(
      fc.property(fc.array(wishes, { minLength: 1, maxLength: 4 }), (several) => {
        const newId = ids()
        let known: KnownTerritory[] = [ROOT]
        for (const wish of several) known = after(known, planDivision(DIVISION, wish, known, newId))
        for (const wish of several) {
          const again = planDivision(DIVISION, wish, known, newId)
          expect([again.add, again.adopt]).toEqual([[], []])
        }
        const codes = known.map(({ rank, code }) => `${rank}:${code}`)
        expect(new Set(codes).size).toBe(codes.length)
      }),
    )
  })
  it('wishing all at once gives what wishing part by part gives', () => {
    const newId = ids()
    const all = after([ROOT], planDivision(DIVISION, { depth: 3, regions: null }, [ROOT], newId))
    let parts: KnownTerritory[] = [ROOT]
    for (const code of ['53', '75'])
      parts = after(parts, planDivision(DIVISION, { depth: 3, regions: [code] }, parts, newId))
    const told = (known: readonly KnownTerritory[]) =>
      known.map(({ rank, code, name, path }) => `${rank} ${code} ${name} ${path.split('/').length}`).sort()
    expect(told(parts)).toEqual(told(all))
  })
})
