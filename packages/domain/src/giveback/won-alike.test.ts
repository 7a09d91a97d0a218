import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { account, answers, field, report, rowsOf, TODAY } from './fixture.ts'
import { latestWon, wonAlike } from './won-alike.ts'

const options = ['baker', 'butcher'].map((id) => ({ id, label: { fr: id } }))
const trade = field('trade', { entity: 'account', owner: 'fr', spec: { type: 'single_choice', options } })
const oven = field('oven', {
  entity: 'account',
  owner: 'fr',
  spec: { type: 'integer', min: 1990, max: 2030 },
})
const FIELDS = [trade, oven]
const next = account('next', { values: answers({ trade: 'baker', oven: 2011 }) })
const other = (id: string, said: Parameters<typeof answers>[0]) => account(id, { values: answers(said) })
const among = (
  accounts: readonly ReturnType<typeof account>[],
  reports: ReturnType<typeof report>[],
  most: number,
) => ({
  won: latestWon(rowsOf({ reports }), TODAY),
  accountOf: (id: string) => accounts.find((one) => one.id === id),
  most,
})
const find = (accounts: ReturnType<typeof account>[], reports: ReturnType<typeof report>[], most = 5) =>
  wonAlike(next, FIELDS, among([next, ...accounts], reports, most))
const won = { outcome: 'order', day: '2026-11-02' } as const

it('tells of orders where most is answered alike, figures within a range, the latest first', () => {
  const accounts = [
    other('half', { trade: 'baker', oven: 1995 }),
    other('both', { trade: 'baker', oven: 2012 }),
    other('none', { trade: 'butcher' }),
  ]
  const reports = accounts.map(({ id }) => report(`r-${id}`, id, won))
  const found = find(accounts, reports)
  expect(found.map((one) => [one.account.id, one.alike.map(({ fieldId }) => fieldId)])).toEqual([
    ['both', ['trade', 'oven']],
    ['half', ['trade']],
  ])
  expect(find(accounts, reports, 1)).toHaveLength(1)
})

it('leaves out the account itself, what was not won, calls, and what is over a year old', () => {
  const alike = ['a', 'b', 'c', 'd', 'e'].map((id) => other(id, { trade: 'baker' }))
  const reports = [
    report('1', 'next', won),
    report('2', 'a', { ...won, outcome: 'quote' }),
    report('3', 'b', { ...won, kind: 'call' }),
    report('4', 'c', { ...won, day: '2025-11-01' }),
    report('5', 'd', { ...won, status: 'withdrawn' }),
    report('6', 'e', won),
    report('7', 'e', { ...won, day: '2026-10-01' }),
  ]
  expect(find(alike, reports).map((one) => one.report.id)).toEqual(['6'])
})

it('an account of which nothing is known has nothing comparable, and “does not know” is nothing in common', () => {
  const unknown = account('next', { values: answers({ trade: null }) })
  const rows = among([unknown, other('a', { trade: null })], [report('1', 'a', won)], 3)
  expect(wonAlike(unknown, FIELDS, rows)).toEqual([])
})

it('every example is won, recent, of another account, and has something in common', () => {
  const one = fc.record({
    trade: fc.constantFrom('baker', 'butcher', null),
    oven: fc.integer({ min: 1990, max: 2030 }),
  })
  fc.assert(
    fc.property(fc.array(one, { maxLength: 12 }), (said) => {
      const accounts = said.map((values, at) => other(`a${at}`, values))
      const reports = accounts.map(({ id }, at) =>
        report(`r${at}`, id, { ...won, outcome: at % 2 === 0 ? 'order' : 'none' }),
      )
      const found = find(accounts, reports)
      expect(found.every((example) => example.report.outcome === 'order' && example.alike.length > 0)).toBe(
        true,
      )
      const shares = found.map(({ alike }) => alike.length)
      expect(shares).toEqual([...shares].sort((a, b) => b - a))
    }),
  )
})
