import { addDays } from '@fieldback/domain/agenda/day'
import type { Giveback } from '@fieldback/domain/field/field-spec'
import {
  account,
  answers,
  contact,
  EMPTY_PACK,
  field,
  nodeOf,
  report,
  rowsOf,
  TODAY,
} from '@fieldback/domain/giveback/fixture'
import { describe, expect, it } from 'vitest'
import { periodBounds } from './period.ts'
import { bestComparison, chooseTodayReturn, type Sector, segmentsOf } from './sector-returns.ts'

const basque = field('basque', {
  entity: 'contact',
  spec: {
    type: 'yes_no',
    givebacks: [
      { kind: 'badge' },
      { kind: 'comparison' },
      { kind: 'segment', label: { fr: 'Parlent basque' }, options: ['true'] },
    ],
  },
})
const contract = field('contract', {
  entity: 'account',
  spec: { type: 'date', givebacks: [{ kind: 'reminder', label: { fr: 'Contrat' }, daysBefore: 45 }] },
})

/** `yes` contacts who speak Basque and end in orders, `no` who do not and never order. */
function sector(yes: number, no: number, over: Partial<Sector> = {}): Sector {
  const ids = Array.from({ length: yes + no }, (_, at) => String(at).padStart(3, '0'))
  return {
    fields: [basque],
    mine: ['pb'],
    pack: EMPTY_PACK,
    today: TODAY,
    rows: rowsOf({
      accounts: ids.map((id) => account(id)),
      contacts: ids.map((id, at) =>
        contact(`c${id}`, id, { values: answers({ basque: at < yes }), phone: '+33559000000' }),
      ),
      reports: ids.map((id, at) =>
        report(`r${id}`, id, { contactId: `c${id}`, outcome: at < yes ? 'order' : 'none' }),
      ),
    }),
    ...over,
  }
}

describe('the comparison that says most', () => {
  it('is clear when orders really differ', () => {
    expect(bestComparison(basque, sector(20, 20))?.code).toBe('COMPARISON_OUTCOME_HIGHER')
  })
  it('says how many cases are missing when there are too few, never a difference', () => {
    const card = bestComparison(basque, sector(20, 3))
    expect(card?.code).toBe('COMPARISON_PROGRESS')
    expect(card?.params.missing).toBe(5)
  })
  it('counts from nothing when nobody has answered', () => {
    expect(bestComparison(basque, sector(0, 0))?.params).toMatchObject({ have: 0, missing: 8 })
  })
  it('is none for a question without comparison', () => {
    expect(bestComparison(contract, sector(20, 20))).toBeNull()
  })
})

describe('the return of the day', () => {
  const due = [
    {
      fieldId: 'contract',
      owner: nodeOf('pb'),
      label: { fr: 'Contrat' },
      accountId: '000',
      contactId: null,
      day: addDays(TODAY, 10),
      dueDay: addDays(TODAY, -35),
    },
  ]
  it('is the same all day and turns from one day to the next', () => {
    const at = (today: string) =>
      chooseTodayReturn(sector(20, 20, { today, fields: [contract, basque] }), due)?.card.kind
    expect(at(TODAY)).toBe(at(TODAY))
    const week = [0, 1, 2].map((days) => at(addDays(TODAY, days)))
    expect(new Set(week)).toEqual(new Set(['reminder', 'comparison', 'segment']))
  })
  it('names the account of a reminder', () => {
    expect(chooseTodayReturn(sector(0, 0, { fields: [contract] }), due)).toMatchObject({
      accountId: '000',
      card: { code: 'REMINDER_SET', params: { inDays: 0 } },
    })
  })
  it('is none that was judged of no use while there is another, and that one when there is none', () => {
    const all = sector(20, 20, { fields: [contract, basque] })
    const week = [0, 1, 2].map(
      (days) =>
        chooseTodayReturn({ ...all, today: addDays(TODAY, days) }, due, ({ kind }) =>
          kind === 'reminder' ? null : false,
        )?.card.kind,
    )
    expect(week).toEqual(['reminder', 'reminder', 'reminder'])
    expect(chooseTodayReturn(sector(20, 20), [], () => false)).not.toBeNull()
  })
  it('with little to say, is the nearest thing to a return; none when no question gives any', () => {
    expect(chooseTodayReturn(sector(1, 0), [])?.card.code).toBe('SEGMENT_STATUS')
    expect(chooseTodayReturn(sector(1, 0, { fields: [] }), [])).toBeNull()
  })
})

it('segments of a question are numbered among its segments alone', () => {
  const second = { kind: 'segment', label: { fr: 'Ne parlent pas' }, options: ['false'] } satisfies Giveback
  const two = { ...basque, spec: { ...basque.spec, givebacks: [...basque.spec.givebacks, second] } }
  const found = segmentsOf({ fields: [two], rows: sector(3, 2).rows })
  expect(found.map(({ index, segment }) => [index, segment.yes])).toEqual([
    [0, 3],
    [1, 2],
  ])
})

describe('a period of the ledger', () => {
  it('is whole months, the present one included', () => {
    expect(periodBounds('month', '2026-11-24')).toMatchObject({ fromMonth: '2026-11', toMonth: '2026-11' })
    expect(periodBounds('quarter', '2026-01-31')).toEqual({
      fromMonth: '2025-11',
      toMonth: '2026-01',
      fromDay: '2025-11-01',
    })
    expect(periodBounds('year', '2026-11-24').fromMonth).toBe('2025-12')
  })
})
