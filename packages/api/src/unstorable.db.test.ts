import { randomUUID } from 'node:crypto'
import type { SectorAsk } from '@fieldback/domain/territory/sector-ask'
import type { TreeStep } from '@fieldback/domain/territory/tree-step'
import type { TRPCError } from '@trpc/server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestWorld, type TestOrg, type TestWorld } from './test-world.ts'
import { errorShape } from './trpc.ts'

let world: TestWorld
let north: TestOrg
beforeAll(async () => {
  world = await openTestWorld()
  north = world.north
})
afterAll(() => world.close())

type Caller = ReturnType<TestWorld['callerFor']>
type Call = (call: Caller, text: string, at: TestOrg['territories']) => Promise<unknown>

const period = { from: '2026-10', to: '2026-11' } as const

/** Procedures that keep or seek a text. */
const CALLS: Readonly<Record<string, Call>> = {
  'view.keep': (call, name) => call.view.keep({ name, query: '', territoryId: null }),
  'scenario.remark': async (call, text, { pyrenees }) => {
    const { id } = await call.scenario.create({ territoryId: pyrenees, name: 'S', effectiveOn: null })
    return call.scenario.remark({ scenarioId: id, text })
  },
  'scenario.addGesture': async (call, town, { pyrenees, basque, bearn }) => {
    const { id } = await call.scenario.create({ territoryId: pyrenees, name: 'S', effectiveOn: null })
    const steps: TreeStep[] = [
      { of: 'rehome', fromId: basque, toId: bearn, rule: { by: 'towns', towns: [town] } },
    ]
    return call.scenario.addGesture({ scenarioId: id, steps, known: 1 })
  },
  'territory.askOfSector': (call, town, { pyrenees }) => {
    const ask: SectorAsk = { of: 'make', name: 'S', rule: { by: 'towns', towns: [town] } }
    return call.territory.askOfSector({ territoryId: pyrenees, sectorId: null, ask })
  },
  'account.reassign by name': (call, search, { pyrenees, bearn }) =>
    call.account.reassign({ filter: { territoryId: pyrenees, search }, toId: bearn }),
  'account.reassign by town': (call, town, { pyrenees, bearn }) =>
    call.account.reassign({ filter: { territoryId: pyrenees, town }, toId: bearn }),
  'account.list': (call, search, { pyrenees }) => call.account.list({ territoryId: pyrenees, search }),
  'report.list by name': (call, account, { pyrenees }) =>
    call.report.list({ territoryId: pyrenees, account }),
  'report.list by answer': (call, bucket, { pyrenees }) =>
    call.report.list({ territoryId: pyrenees, answers: [{ fieldId: randomUUID(), buckets: [bucket] }] }),
  'analytics.ask': (call, bucket, { pyrenees }) =>
    call.analytics.ask({
      territoryId: pyrenees,
      basis: 'today',
      period,
      measure: { of: 'count' },
      filters: [{ fieldId: randomUUID(), buckets: [bucket] }],
    }),
}

describe('a day before all calendars', () => {
  const days = { from: '0000-01-01', to: '0000-02-01' }
  it.each<[string, (call: Caller) => Promise<unknown>]>([
    ['report.list', (call) => call.report.list({ territoryId: north.territories.pyrenees, ...days })],
    [
      'objective.preview',
      (call) =>
        call.objective.preview({
          territoryId: north.territories.pyrenees,
          segment: { kind: null, answer: null },
          everyWeeks: null,
          fromDay: days.from,
          toDay: days.to,
        }),
    ],
  ])('is no outage: %s', async (_, call) => {
    const told = await call(world.callerFor(north.people.local)).then(
      () => 'accepted',
      (error: TRPCError) => errorShape(error).code,
    )
    expect(told).not.toBe('UNAVAILABLE')
  })
})

describe('a text that no database holds', () => {
  for (const [name, call] of Object.entries(CALLS))
    for (const [kind, text] of [
      ['NUL', 'a\u0000b'],
      ['half a pair', 'a\ud800b'],
    ] as const)
      it(`is no outage: ${name}, ${kind}`, async () => {
        const told = await call(world.callerFor(north.people.local), text, north.territories).then(
          () => 'accepted',
          (error: TRPCError) => errorShape(error).code,
        )
        expect(told).not.toBe('UNAVAILABLE')
      })
})
