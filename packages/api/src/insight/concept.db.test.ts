import type { FieldSpec } from '@fieldback/domain/field/field-spec'
import type { Insight } from '@fieldback/domain/insight/insight'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { arrangeField, openTestWorld, type TestOrg, type TestWorld } from '../test-world.ts'
import { checkInsights } from './check.job.ts'
import { type Filed, file } from './filed.fixture.ts'
import { runInsights } from './find.job.ts'

const NOVEMBER = new Date('2026-11-20T10:00:00Z')
const MONTHS = [
  '2025-11',
  '2025-12',
  ...Array.from({ length: 10 }, (_, at) => `2026-${String(at + 1).padStart(2, '0')}`),
]

let world: TestWorld
let north: TestOrg
let basque: string
let breton: string
let conceptId: string

type Place = Filed['at']
/** Every month, 5 of 12 end in an order with one answer, and 3 of 12 with the other. */
const filed = (at: Place, by: string, fieldId: string, [yes, no]: readonly [string, string]): Filed[] =>
  MONTHS.flatMap((month) =>
    (
      [
        [yes, 5, 12],
        [no, 3, 12],
      ] as const
    ).flatMap(([bucket, orders, n]) =>
      (['order', 'none'] as const).map((outcome) => ({
        at,
        by,
        day: `${month}-15`,
        n: outcome === 'order' ? orders : n - orders,
        outcome,
        answers: [[fieldId, bucket, null]] as const,
      })),
    ),
  )

beforeAll(async () => {
  world = await openTestWorld()
  north = world.north
  const { people, territories } = north
  const ask = (key: string, at: Place, spec: Pick<FieldSpec, 'type'> & Partial<FieldSpec>) =>
    arrangeField(world.sql, north, {
      key,
      territoryId: territories[at],
      entity: 'report',
      spec: { reportable: true, ...spec },
    })
  basque = await ask('euskara', 'basque', { type: 'yes_no' })
  const options = ['ya', 'nann'].map((id) => ({ id, label: { fr: id } }))
  breton = await ask('brezhoneg', 'finistere', { type: 'single_choice', options })
  await file(world, north, [
    ...filed('basque', people.basqueRep.membershipId, basque, ['true', 'false']),
    ...filed('finistere', people.bretonRep.membershipId, breton, ['ya', 'nann']),
    // Asked nothing of the kind: no part of what is said.
    {
      at: 'bearn',
      by: people.bearnRep.membershipId,
      day: '2026-05-05',
      n: 400,
      outcome: 'none',
      answers: [],
    },
  ])
})
afterAll(() => world.close())

const run = async (): Promise<{ said: Insight; people: number; changes: number }[]> => {
  await world.sql(north.orgId, 'DELETE FROM insight_run')
  await runInsights({ db: world.db, now: () => NOVEMBER }, north.orgId)
  return shown()
}
const shown = () =>
  world.sql<{ said: Insight; people: number; changes: number }>(
    north.orgId,
    `SELECT said, people, changes FROM insight WHERE said ->> 'kind' = 'association'`,
  )
const told = async (who: keyof TestOrg['people'], at: Place) => {
  const { here, above } = await world
    .callerFor(north.people[who])
    .insight.list({ territoryId: north.territories[at] })
  return [...here, ...above].filter(({ kind }) => kind === 'association')
}

describe('a concept', () => {
  it('finds of two branches together what each is too small to show', async () => {
    expect(await run()).toEqual([])
    const made = await world.callerFor(north.people.hq).concept.create({
      territoryId: north.territories.france,
      entity: 'report',
      spec: {
        label: { fr: 'Parle la langue du pays', en: 'Speaks the local language' },
        type: 'yes_no',
        options: [],
      },
      links: [
        { fieldId: basque, map: { true: 'true', false: 'false' } },
        { fieldId: breton, map: { ya: 'true', nann: 'false' } },
      ],
    })
    conceptId = made.conceptId
    const [first, ...others] = await run()
    expect(others).toEqual([])
    expect(first?.said).toMatchObject({
      territoryId: north.territories.france,
      factor: { kind: 'answer', fieldId: conceptId },
      bucket: 'true',
      direction: 'more',
      here: { k: 2 * 5 * 12, n: 2 * 12 * 12 },
      there: { k: 2 * 3 * 12, n: 2 * 12 * 12 },
    })
  })

  it('is shown to its readers in its own words, with the people of the branches that ask alone behind it', async () => {
    expect(await shown()).toMatchObject([{ people: 2 }])
    expect(await told('hq', 'france')).toMatchObject([
      {
        question: { label: { fr: 'Parle la langue du pays' }, together: 2 },
        answer: { kind: 'yes' },
        people: 2,
      },
    ])
    // He knows his own figures, and would read those of the one other person out of the sum.
    expect(await told('basqueRep', 'basque')).toEqual([])
  })

  it('reaches a rep through his own question, and nobody who is asked none of them', async () => {
    await world.sql(north.orgId, 'UPDATE insight SET people = 6')
    expect(await told('basqueRep', 'basque')).toMatchObject([{ question: { id: basque }, bucket: 'true' }])
    expect(await told('bretonRep', 'finistere')).toMatchObject([{ question: { id: breton }, bucket: 'ya' }])
    expect(await told('bearnRep', 'bearn')).toEqual([])
  })

  it('is counted again once a good part of what its questions say has moved', async () => {
    const late = {
      at: 'finistere',
      by: north.people.bretonRep.membershipId,
      day: '2026-10-30',
      n: 12,
      outcome: 'none',
    } as const
    await file(world, north, [{ ...late, answers: [[breton, 'ya', null]] }])
    expect(await shown()).toMatchObject([{ changes: 12 }])
    expect(await checkInsights({ db: world.db, now: () => NOVEMBER }, north.orgId)).toEqual({
      insights: 1,
      gone: 0,
    })
    expect(await shown()).toMatchObject([{ people: 2, changes: 0, said: { here: { n: 2 * 12 * 12 + 12 } } }])
  })

  it('is not spoken of once one of two questions is retired: the other is heard alone', async () => {
    await world.sql(north.orgId, 'UPDATE field_definition SET retired_at = now() WHERE id = $1', [breton])
    expect(await run()).toEqual([])
  })
})
