import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Giveback } from '../field/field-spec.ts'
import { account, answers, contact, EMPTY_PACK, field, report, rowsOf, TODAY } from './fixture.ts'
import { type LocalRows, rowsOfAccount, rowsWithout, together, withSaved } from './local-rows.ts'
import { chooseReturn } from './on-save.ts'
import { candidatesOf, countedBefore } from './return-candidates.ts'
import { type SegmentGiveback, segmentCounts } from './segment.ts'
import { tallyHere, tallyOfReports } from './tally.ts'
import { trendOf } from './trend.ts'

const segment: SegmentGiveback = { kind: 'segment', label: { fr: 'Oui' }, options: ['true'] }
const givebacks: Giveback[] = [{ kind: 'badge' }, { kind: 'comparison' }, segment]
const FIELDS = [
  field('mood', {
    entity: 'report',
    owner: 'fr',
    spec: { givebacks: [...givebacks, { kind: 'trend' }, { kind: 'insight' }] },
  }),
  field('oven', { entity: 'account', owner: 'na', spec: { givebacks } }),
  field('basque', { entity: 'contact', owner: 'pb', spec: { givebacks } }),
]

const said = fc.constantFrom(true, false, null, undefined)
const visit = fc.record({
  at: fc.nat({ max: 5 }),
  day: fc.constantFrom('2026-11-20', '2026-09-02', '2026-03-01', '2025-01-01'),
  mood: said,
  outcome: fc.constantFrom('order' as const, 'none' as const),
})
const world = fc.record({
  ovens: fc.array(said, { minLength: 6, maxLength: 6 }),
  speaks: fc.array(said, { minLength: 6, maxLength: 6 }),
  visits: fc.array(visit, { maxLength: 60 }),
  saved: visit,
})
const given = (id: string, x: boolean | null | undefined) => (x === undefined ? {} : answers({ [id]: x }))

type World = typeof world extends fc.Arbitrary<infer Drawn> ? Drawn : never

function momentOf({ ovens, speaks, visits, saved }: World) {
  const accounts = ovens.map((x, at) =>
    account(`a${at}`, { territoryId: at % 3 === 2 ? 'd40' : 'pb', values: given('oven', x) }),
  )
  const contacts = speaks.map((x, at) => contact(`c${at}`, `a${at}`, { values: given('basque', x) }))
  const filed = [...visits, saved].map(({ at, day, mood, outcome }, n) =>
    report(`r${String(n).padStart(3, '0')}`, `a${at}`, {
      contactId: `c${at}`,
      day,
      outcome,
      values: given('mood', mood),
    }),
  )
  const localRows = rowsOf({ accounts, contacts, reports: filed.slice(0, -1) })
  const last = filed.at(-1) as (typeof filed)[number]
  return {
    report: last,
    account: accounts[saved.at] as (typeof accounts)[number],
    contact: contacts[saved.at] ?? null,
    fields: FIELDS,
    localRows,
    pack: EMPTY_PACK,
    mine: ['pb'],
    today: TODAY,
  }
}

const figures = (rows: LocalRows) =>
  FIELDS.map((asked) => [
    tallyHere(asked, rows, TODAY),
    tallyOfReports(asked, rows, TODAY),
    trendOf({ field: asked, answer: null, rows, today: TODAY }),
    segmentCounts(segment, asked, rows),
  ])

it('what is counted in parts is what is counted at once', () => {
  fc.assert(
    fc.property(world, (drawn) => {
      const moment = momentOf(drawn)
      const { localRows, account: saved } = moment
      const near = withSaved(rowsOfAccount(localRows, saved.id), moment)
      const parts = together(rowsWithout(localRows, saved.id), near)
      expect(figures(parts)).toEqual(figures(withSaved(localRows, moment)))
    }),
    { numRuns: 200 },
  )
})

it('what was counted before a save changes nothing of what it gives back', () => {
  fc.assert(
    fc.property(world, (drawn) => {
      const [cold, warm] = [momentOf(drawn), momentOf(drawn)]
      for (const _ of countedBefore(warm));
      expect(chooseReturn(warm)).toEqual(chooseReturn(cold))
      expect(candidatesOf(warm).counted()).toEqual(candidatesOf(cold).counted())
    }),
    { numRuns: 100 },
  )
})
