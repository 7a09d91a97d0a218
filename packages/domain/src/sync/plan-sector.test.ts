import { describe, expect, it } from 'vitest'
import type { DatedGrant } from '../access/scope.ts'
import type { SectorAsk } from '../territory/sector-ask.ts'
import { planBatch } from './plan-batch.ts'
import type { PushContext } from './state.ts'

const NOW = '2026-11-20T10:00:00.000Z'
const grant = (over: Partial<DatedGrant> = {}): DatedGrant => ({
  assignmentId: 'g',
  role: 'rep',
  territoryId: 'local',
  path: 'fr/local/',
  validFrom: '2026-01-01',
  validTo: null,
  ...over,
})
const context = (...assignments: readonly DatedGrant[]): PushContext =>
  ({
    membershipId: 'me',
    assignments,
    territories: new Map(
      [
        { id: 'fr', parentId: null, rank: 0, name: 'France', path: 'fr/' },
        { id: 'local', parentId: 'fr', rank: 2, name: 'Local', path: 'fr/local/' },
        { id: 'beside', parentId: 'fr', rank: 2, name: 'Beside', path: 'fr/beside/' },
        { id: 'sub', parentId: 'local', rank: 3, name: 'Sub', path: 'fr/local/sub/' },
      ].map((one) => [one.id, one]),
    ),
    moves: [],
    definitions: [],
    versions: new Map(),
    accounts: new Map(),
    contacts: new Map(),
    reports: new Map(),
    callbacks: new Map(),
    contests: new Map(),
    notes: new Map(),
    receipts: new Map(),
    sequence: new Set(),
    localDay: (instant: string) => instant.slice(0, 10),
    hash: () => 'another',
  }) as unknown as PushContext
const parsed = (territoryId: string, ask: SectorAsk = { of: 'dissolve' }, seq = 1) => {
  const place = { opId: `op-${seq}`, entityId: 'sector', seq }
  return {
    raw: { kind: 'sector.arrange' },
    hash: String(seq),
    path: [],
    place,
    operation: {
      ...place,
      base: 0,
      capturedAt: NOW,
      clockOffset: 0,
      kind: 'sector.arrange' as const,
      body: { territoryId, ask },
    },
  }
}

describe('what a rep asks of a sub-sector', () => {
  it('is taken where he holds the territory above it, in the order of typing', () => {
    const { answers, arrangements } = planBatch(
      context(grant()),
      [parsed('local'), parsed('local', { of: 'rename', name: 'Côte' }, 2)],
      NOW,
    )
    expect(answers).toMatchObject([{ status: 'applied' }, { status: 'applied' }])
    expect(arrangements.map(({ id, ask }) => [id, ask.of])).toEqual([
      ['op-1', 'dissolve'],
      ['op-2', 'rename'],
    ])
  })
  it.each([
    ['beside', 'of a neighbour', [grant()]],
    ['fr', 'of a level above', [grant({ territoryId: 'fr', path: 'fr/' })]],
    ['sub', 'of a sub-sector', [grant()]],
    ['local', 'when it was held no more', [grant({ validTo: '2026-11-19' })]],
    ['local', 'by headquarters', [grant({ role: 'headquarters' })]],
  ] as const)('at %s, %s, is put aside for nobody to mend', (territoryId, _why, grants) => {
    const { answers, arrangements, quarantined } = planBatch(context(...grants), [parsed(territoryId)], NOW)
    expect(answers).toMatchObject([{ status: 'quarantined', code: 'OP_FORBIDDEN' }])
    expect([arrangements.length, quarantined[0]?.place]).toEqual([0, null])
  })
  it('at a territory that nobody knows is no reason to stop what follows', () => {
    const { answers } = planBatch(context(grant()), [parsed('gone'), parsed('local', undefined, 2)], NOW)
    expect(answers).toMatchObject([{ code: 'OP_TARGET_UNKNOWN' }, { status: 'applied' }])
  })
})
