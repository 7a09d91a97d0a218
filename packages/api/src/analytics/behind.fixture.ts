import { RANKS } from '@fieldback/domain/territory/rank'
import { TRPCError } from '@trpc/server'
import { expect } from 'vitest'
import type { SessionIds } from '../context.ts'
import type { TestWorld } from '../test-world.ts'
import { type PlacedReport, placedReports } from './rollup-truth.ts'

const BASES = ['then', 'today'] as const

type Asked = {
  readonly territoryId: string
  readonly basis: (typeof BASES)[number]
  readonly from: string
  readonly to: string
}

/** All that a list holds, page by page, and how many it says that it leaves out. */
async function listed(world: TestWorld, reader: SessionIds, asked: Asked) {
  const call = world.callerFor(reader).report
  const ids: string[] = []
  let left = 0
  let next: { day: string; id: string } | null = null
  do {
    const page: Awaited<ReturnType<typeof call.list>> = await call.list({
      ...asked,
      counted: true,
      limit: 7,
      cursor: next,
    })
    ids.push(...page.reports.map(({ id }) => id))
    left += page.beyond?.n ?? 0
    next = page.next
  } while (next)
  return { ids: ids.sort(), left }
}

/**
 * The reports listed behind each number, as organised then and today, are those that a group-by counts there, those alone that the reader may
 * open, the rest told; figures read from the reports are those of a group-by too.
 */
export async function checkBehind(
  world: TestWorld,
  {
    org,
    reader,
    fields,
    days,
  }: {
    readonly org: string
    /** `at`: the top of the branch where he reads. */
    readonly reader: { readonly session: SessionIds; readonly at: string }
    readonly fields: { readonly mood: string; readonly years: string }
    /** First of a month and last of one. */
    readonly days: { readonly from: string; readonly to: string }
  },
): Promise<{ listed: number; left: number; read: number }> {
  const placed = await placedReports(world, org)
  const told = { listed: 0, left: 0, read: 0 }
  const places = await world.sql<{ id: string; path: string; closed: boolean }>(
    org,
    'SELECT id, path, closed_at IS NOT NULL AS closed FROM territory ORDER BY path',
  )
  const reach = places.find(({ id }) => id === reader.at)?.path ?? '-'
  const mine = places.filter(({ path }) => path.startsWith(reach))
  const at = (basis: string, territoryId: string): PlacedReport[] =>
    placed.filter(
      (one) =>
        one.basis === basis && one.territoryId === territoryId && one.day >= days.from && one.day <= days.to,
    )
  for (const { id, closed } of mine)
    for (const basis of BASES) {
      const there = at(basis, id)
      const open = there.filter(({ home }) => home.startsWith(reach))
      const list = await listed(world, reader.session, { territoryId: id, basis, ...days })
      expect(list).toEqual({ ids: open.map((one) => one.id).sort(), left: there.length - open.length })
      told.listed += open.length
      told.left += list.left
      if (closed) continue
      // Too many questions for anything to be counted in advance.
      for (const split of [[], ...RANKS.map((rank) => [{ by: 'territory' as const, rank }])]) {
        const answer = await world
          .callerFor(reader.session)
          .analytics.ask({
            territoryId: id,
            basis,
            period: { from: days.from.slice(0, 7), to: days.to.slice(0, 7) },
            measure: { of: 'outcome', outcome: 'order' },
            split,
            kind: 'visit',
            filters: [
              { fieldId: fields.mood, buckets: ['true', 'false'] },
              { fieldId: fields.years, buckets: ['0', '5', '10'] },
            ],
          })
          // A level above, and a question that nobody is asked there.
          .catch((error: unknown) => {
            if (error instanceof TRPCError) return null
            throw error
          })
        if (!answer) continue
        expect(answer.source.from).toBe('rows')
        const counts = (one: PlacedReport) => {
          const [mood, years] = [one.values[fields.mood]?.x, one.values[fields.years]?.x]
          return typeof mood === 'boolean' && typeof years === 'number' && years < 15
        }
        for (const { at: spot, now } of [answer.total, ...answer.rows])
          expect([basis, spot, now.n]).toEqual([basis, spot, at(basis, spot[0] ?? id).filter(counts).length])
        told.read += answer.total.now.n
      }
    }
  return told
}
