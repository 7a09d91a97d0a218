import type { TreeStep } from '@fieldback/domain/territory/tree-step'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  arrangeField,
  arrangeReport,
  openTestWorld,
  type TestOrg,
  type TestWorld,
  WORLD_NOW,
} from '../test-world.ts'
import { publishDue } from './publish.job.ts'
import { tellAhead } from './tell-ahead.job.ts'

const DAY = '2027-03-01'
let world: TestWorld
let org: TestOrg
let now = WORLD_NOW
let own: string
let near: string

beforeEach(async () => {
  now = WORLD_NOW
  world = await openTestWorld({ now: () => now })
  org = world.north
  // Two visits each, so that a badge gives something back there; not for more than sixty days.
  for (const [by, at] of [
    ['basqueRep', 'basque'],
    ['basqueRep', 'basque'],
    ['bearnRep', 'bearn'],
    ['bearnRep', 'bearn'],
  ] as const)
    await arrangeReport(world.sql, org, { by, at })
  own = await ask(org.territories.basque)
  near = await ask(org.territories.bearn)
})
afterEach(() => world.close())

const local = () => world.callerFor(org.people.local)
const ask = (territoryId: string): Promise<string> =>
  arrangeField(world.sql, org, {
    territoryId,
    entity: 'report',
    key: 'terrasse',
    spec: { type: 'yes_no', reportable: true, label: { fr: 'Terrasse' } },
  })
type Choice = NonNullable<Extract<TreeStep, { of: 'merge' }>['clashes']>[number]
const asOne = (): Choice => ({
  how: 'one',
  fieldId: near,
  others: [own],
  maps: { [own]: { true: 'true', false: 'false' } },
})
const apart = (): Choice => ({
  how: 'apart',
  fieldId: own,
  others: [near],
  label: { fr: 'Terrasse côtière' },
})
const plan = (choice: Choice) =>
  local().scenario.planOne({
    steps: [
      {
        of: 'merge',
        territoryId: org.territories.basque,
        intoId: org.territories.bearn,
        clashes: [choice],
      },
    ],
    day: DAY,
    name: 'Réunir les deux',
  })
const at = (day: string) => {
  now = new Date(`${day}T10:00:00Z`)
  world.mails.length = 0
}
const hindrances = async (scenarioId: string) =>
  (await local().scenario.hindrances({ scenarioId })).hindrances
const asked = async (territoryId: string) =>
  (await local().field.effective({ territoryId })).map(({ id }) => id)

describe.each([
  ['read as one', asOne],
  ['keep apart', apart],
] as const)('what was chosen far ahead: %s', (_, choose) => {
  it('is told ahead once it no longer works, on the plan and by letter, and by then on the day, with nothing changed', async () => {
    const { id } = await plan(choose())
    expect(await hindrances(id)).toEqual([])
    at('2027-02-20')
    const fault = {
      question: { fr: 'Terrasse' },
      fault: { code: 'GIVEBACK_NOT_WORKING' },
      told: [{ of: 'merge', name: 'basque', into: 'bearn' }],
    }
    expect(await hindrances(id)).toMatchObject([fault])
    expect((await local().scenario.get({ scenarioId: id })).hindrances).toMatchObject([
      { fault: fault.fault, question: fault.question },
    ])
    await tellAhead(world.deps, org.orgId)
    const why = /^- basque réuni à bearn\. Ce qui a été choisi pour «\sTerrasse\s» ne se peut plus\./m
    const letters = world.mails.filter(({ text }) => why.test(text))
    expect(letters.map(({ to }) => to.split('-')[1])).toEqual(['local'])
    expect(letters[0]?.text).toContain(`/manage/scenarios/${id}`)

    at(DAY)
    expect(await publishDue(world.deps, org.orgId)).toEqual({ published: 0, failed: 1 })
    expect(world.mails).toHaveLength(1)
    expect(world.mails[0]?.text).toMatch(why)
    expect(await asked(org.territories.basque)).toEqual([own])
    expect((await local().scenario.get({ scenarioId: id })).fault?.code).toBe('GIVEBACK_NOT_WORKING')

    // The way out: another choice, and it is tried again.
    const page = await local().scenario.get({ scenarioId: id })
    await local().scenario.settleStep({
      scenarioId: id,
      gestureId: page.gestures[0]?.id ?? '',
      step: 0,
      clashes: [{ how: 'keep', fieldId: near, others: [own] }],
      known: [choose()],
    })
    expect(await hindrances(id)).toEqual([])
    expect(await publishDue(world.deps, org.orgId)).toEqual({ published: 1, failed: 0 })
    expect(await asked(org.territories.bearn)).toEqual([near])
  })

  it('is done on the day when people still visit there', async () => {
    const { id } = await plan(choose())
    at(DAY)
    await world.sql(org.orgId, `UPDATE report SET day = '2027-02-25'`)
    expect(await hindrances(id)).toEqual([])
    expect(await publishDue(world.deps, org.orgId)).toEqual({ published: 1, failed: 0 })
  })
})
