import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { FieldDefinition } from '../field/field-spec.ts'
import { planBatch } from './plan-batch.ts'
import type { ContestState, PushContext } from './state.ts'

const NOW = '2026-11-20T10:00:00.000Z'
const question = (id: string, version: number): FieldDefinition =>
  ({
    id,
    territoryId: 'fr',
    entity: 'report',
    key: id,
    version,
    retired: false,
    slot: null,
  }) as FieldDefinition

const context = (contests: readonly ContestState[]): PushContext =>
  ({
    membershipId: 'me',
    assignments: [
      {
        assignmentId: 'a',
        role: 'rep',
        territoryId: 'pb',
        path: 'fr/pb/',
        validFrom: '2026-01-01',
        validTo: null,
      },
    ],
    territories: new Map([['fr', { id: 'fr', parentId: null, rank: 0, name: 'France', path: 'fr/' }]]),
    moves: [],
    definitions: [],
    versions: new Map(
      ['f', 'g'].flatMap((id) =>
        [1, 2].map((version) => [`${id}:${version}`, question(id, version)] as const),
      ),
    ),
    accounts: new Map(),
    contacts: new Map(),
    reports: new Map(),
    callbacks: new Map(),
    contests: new Map(contests.map((one) => [one.id, one])),
    receipts: new Map(),
    sequence: new Set(),
    localDay: (instant: string) => instant.slice(0, 10),
  }) as unknown as PushContext

type Step = {
  readonly open: boolean
  readonly id: string
  readonly fieldId: string
  readonly version: number
}
const steps = fc.array(
  fc.record<Step>({
    open: fc.boolean(),
    id: fc.constantFrom('a', 'b', 'c', 'd'),
    fieldId: fc.constantFrom('f', 'g'),
    version: fc.constantFrom(1, 2),
  }),
  { maxLength: 20 },
)
const parsed = ({ open, id, fieldId, version }: Step, at: number) => ({
  raw: null,
  hash: String(at),
  path: [],
  place: { opId: `op-${at}`, entityId: id, seq: 1 },
  operation: {
    opId: `op-${at}`,
    entityId: id,
    seq: 1,
    base: 0,
    capturedAt: NOW,
    clockOffset: 0,
    ...(open
      ? {
          kind: 'contest.open' as const,
          body: { fieldId, version, reason: 'useless' as const, word: '', openly: true },
        }
      : { kind: 'contest.withdraw' as const, body: {} }),
  },
})
const isOpen = ({ withdrawnAt, answered }: ContestState) => withdrawnAt === null && !answered

describe('contests of one person', () => {
  it('are open once a question and version, after any sequence in any batches', () => {
    fc.assert(
      fc.property(fc.array(steps, { maxLength: 4 }), (batches) => {
        let held: ContestState[] = []
        for (const batch of batches) {
          const { contests } = planBatch(context(held), batch.map(parsed), NOW)
          held = [...held.filter(({ id }) => !contests.has(id)), ...contests.values()]
          const open = held.filter(isOpen).map(({ fieldId, fieldVersion }) => `${fieldId}:${fieldVersion}`)
          expect(new Set(open).size).toBe(open.length)
        }
      }),
    )
  })

  it('that were answered stay answered, and a word of nothing is none', () => {
    const [first] = [
      ...planBatch(
        context([]),
        [parsed({ open: true, id: 'a', fieldId: 'f', version: 1 }, 1)],
        NOW,
      ).contests.values(),
    ]
    expect(first).toMatchObject({ word: null, openedAt: NOW, version: 1 })
    if (!first) return
    const answered = { ...first, answered: true, version: 2 }
    const { answers, contests } = planBatch(
      context([answered]),
      [parsed({ open: false, id: 'a', fieldId: 'f', version: 1 }, 2)],
      NOW,
    )
    expect(answers).toMatchObject([{ status: 'applied', version: 2 }])
    expect(contests.size).toBe(0)
  })

  it('are refused to who was no rep there on that day', () => {
    const stranger = {
      ...context([]),
      assignments: [
        {
          assignmentId: 'a',
          role: 'rep',
          territoryId: 'x',
          path: 'x/',
          validFrom: '2026-01-01',
          validTo: null,
        },
      ],
    } as PushContext
    const { answers } = planBatch(
      stranger,
      [parsed({ open: true, id: 'a', fieldId: 'f', version: 1 }, 1)],
      NOW,
    )
    expect(answers).toMatchObject([{ status: 'quarantined', code: 'OP_FORBIDDEN' }])
  })
})
