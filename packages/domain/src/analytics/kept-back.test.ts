import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { GROUP_MIN } from './group-size.ts'
import { keptBack, keptBackIn, type Part } from './kept-back.ts'

const groups = (...people: number[]) => people.map((of, at) => ({ id: `${at}`, people: of, n: 9 }))

describe('the group that is hidden beside small ones', () => {
  it('is the next smallest where one alone is hidden', () => {
    expect(keptBack(groups(9, 3, 6), 18)).toBe('2')
  })
  it('is none where nothing is hidden, or nothing else is shown', () => {
    expect(keptBack(groups(9, 5, 6), 20)).toBeNull()
    expect(keptBack(groups(4), 4)).toBeNull()
  })
  it('is none where several are hidden whose people together are five', () => {
    expect(keptBack(groups(9, 2, 3), 14)).toBeNull()
    expect(keptBack(groups(9, 2, 2), 13)).toBe('0')
  })
  it('is none that is empty: nothing would be kept with it', () => {
    expect(keptBack([...groups(9, 3), { id: '2', people: 6, n: 0 }], 18)).toBe('0')
  })
  it('leaves nothing of a total that is one group’s, or fewer than five people’s', () => {
    // Whoever files in several territories is one person; some file at the whole itself, in none of them.
    const teams = fc.array(
      fc.tuple(fc.uniqueArray(fc.nat(14), { minLength: 1, maxLength: 9 }), fc.constantFrom(0, 1, 9)),
      { minLength: 1, maxLength: 6 },
    )
    fc.assert(
      fc.property(teams, fc.uniqueArray(fc.nat(14), { maxLength: 3 }), (people, direct) => {
        const whole = new Set([...people.flatMap(([team]) => team), ...direct])
        const told = people.map(([team, n], at) => ({ id: `${at}`, people: team.length, n }))
        const kept = keptBack(told, whole.size)
        const isHidden = ({ id, people: of, n }: Part) => n > 0 && (of < GROUP_MIN || id === kept)
        const hidden = told.filter(isHidden)
        if (hidden.length === 0 || hidden.length === told.filter(({ n }) => n > 0).length) return
        const behind = new Set([...hidden.flatMap(({ id }) => people[Number(id)]?.[0] ?? []), ...direct])
        expect(hidden.length).toBeGreaterThan(1)
        expect(behind.size).toBeGreaterThanOrEqual(GROUP_MIN)
      }),
      { numRuns: 2_000 },
    )
  })

  it('is followed from a table’s rows to its columns, until none of either has one alone', () => {
    const table = fc.array(
      fc.array(fc.tuple(fc.nat(9), fc.constantFrom(0, 1)), { minLength: 4, maxLength: 4 }),
      {
        minLength: 2,
        maxLength: 5,
      },
    )
    fc.assert(
      fc.property(table, (rows) => {
        const parts = rows.flatMap((row, at) =>
          row.map(([people, n], to) => ({ id: `${at} ${to}`, people, n })),
        )
        const idsOf = (fits: (at: string, to: string) => boolean) =>
          parts.map(({ id }) => id).filter((id) => fits(id.slice(0, 1), id.slice(2)))
        const lines = [
          ...rows.map((_, row) => idsOf((at) => at === `${row}`)),
          ...[0, 1, 2, 3].map((column) => idsOf((_, to) => to === `${column}`)),
        ].map((ids) => ({ ids, whole: 9 }))
        const kept = keptBackIn(parts, lines)
        for (const { ids } of lines) {
          const there = parts.filter(({ id, n }) => ids.includes(id) && n > 0)
          const hidden = there.filter(({ id, people }) => people < GROUP_MIN || kept.has(id))
          expect(hidden.length === 1 && there.length > 1).toBe(false)
        }
      }),
    )
  })
})
