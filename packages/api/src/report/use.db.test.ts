import type { ReportUser } from '@fieldback/domain/report/use'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { arrangeReport, openTestWorld, type TestOrg, type TestWorld } from '../test-world.ts'
import { exportReports } from './export.ts'
import { reportQuery } from './search.ts'

type Who = keyof TestOrg['people']

let world: TestWorld
let north: TestOrg
let reports: string[]

beforeAll(async () => {
  world = await openTestWorld()
  north = world.north
  reports = []
  for (let i = 0; i < 3; i++)
    reports.push(await arrangeReport(world.sql, north, { at: 'basque', by: 'basqueRep' }))
  await arrangeReport(world.sql, north, { at: 'bearn', by: 'bearnRep' })
})
afterAll(() => world.close())

const as = (who: Who) => world.callerFor(north.people[who]).report
const asked = { frameTag: null, packAsOf: null, cursor: null, protocol: 1 }

/** Who used a rep's reports, as his phone is told at the end of an exchange. */
async function usersOf(who: Who): Promise<readonly ReportUser[]> {
  const session = north.people[who]
  await world.settled()
  const { pack } = await world.callerFor(session).sync.pull({ ...asked, membershipId: session.membershipId })
  return pack?.users ?? []
}
const place = (territory: keyof TestOrg['territories']) => ({ territoryId: north.territories[territory] })

describe('whoever wrote a report is told who used it', () => {
  it('is told of nobody as long as nobody did, himself aside', async () => {
    await as('basqueRep').get({ reportId: reports[0] ?? '' })
    expect(await usersOf('basqueRep')).toEqual([])
  })

  it('is told how often it was opened, seen in a list and taken away, by name', async () => {
    const [first = '', second = ''] = reports
    await as('local').get({ reportId: first })
    await as('local').get({ reportId: second })
    await as('local').list({ ...place('pyrenees'), limit: 2 })
    await as('local').list({ ...place('pyrenees'), limit: 50 })
    await as('regional').get({ reportId: first })
    const { chunks } = await exportReports(
      { deps: world.deps, session: north.people.regional },
      reportQuery.parse(place('aquitaine')),
      { locale: 'fr', format: 'csv' },
    )
    for await (const _ of chunks);
    const told = await usersOf('basqueRep')
    expect(told).toHaveLength(2)
    expect(told.map(({ read, exported }) => [read, exported]).toSorted()).toEqual([
      [1, 3],
      [2, 0],
    ])
    const bearn = await usersOf('bearnRep')
    const listed = (rows: readonly ReportUser[]) => rows.reduce((sum, row) => sum + row.listed, 0)
    expect(listed(told) + listed(bearn)).toBe(2 + 4)
    expect(bearn.map(({ exported }) => exported).toSorted()).toEqual([0, 1])
  })

  it('is told of no report that was refused to its reader', async () => {
    const before = await usersOf('basqueRep')
    await expect(as('bretonRep').get({ reportId: reports[0] ?? '' })).rejects.toThrow('FORBIDDEN')
    expect(await usersOf('basqueRep')).toEqual(before)
  })

  it('keeps all of two who read at the same moment', async () => {
    const read = (rows: readonly ReportUser[]) => rows.reduce((sum, row) => sum + row.read, 0)
    const before = read(await usersOf('basqueRep'))
    await Promise.all(
      (['local', 'regional', 'hq', 'local'] as const).map((who) =>
        as(who).get({ reportId: reports[2] ?? '' }),
      ),
    )
    expect(read(await usersOf('basqueRep'))).toBe(before + 4)
  })
})
