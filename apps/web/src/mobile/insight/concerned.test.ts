import { account, answers, contact, field, nodeOf, TERRITORIES } from '@fieldback/domain/giveback/fixture'
import type { NamedAccount, ToldInsight } from '@fieldback/domain/insight/told'
import { wilson } from '@fieldback/domain/insight/wilson'
import { expect, it } from 'vitest'
import { concerned } from './concerned.ts'

const asked = field('size', { entity: 'account', owner: 'fr' })
const speaks = field('speaks', { entity: 'contact', owner: 'fr' })
const told = (over: Partial<ToldInsight> = {}): ToldInsight => ({
  kind: 'lookalike',
  factor: { kind: 'profile', fieldId: 'size' },
  bucket: 'true',
  outcome: 'order',
  month: null,
  compared: 'other_accounts',
  period: { from: '2025-11', to: '2026-10' },
  key: 'lookalike|size',
  direction: 'more',
  here: wilson(40, 60),
  there: wilson(30, 90),
  p: 1e-4,
  place: nodeOf('fr'),
  question: { id: 'size', label: { fr: 'Grand' } },
  answer: { kind: 'yes' },
  people: 9,
  accounts: [],
  useful: null,
  checkedAt: '2026-11-04T05:00:00Z',
  ...over,
})
const rows = [
  account('seen', { kind: 'prospect', lastVisitDay: '2026-09-01', values: answers({ size: true }) }),
  account('never', { kind: 'prospect', values: answers({ size: true }) }),
  account('won', { kind: 'client', values: answers({ size: true }) }),
  account('other', { kind: 'prospect', values: answers({ size: false }) }),
  account('unasked', { kind: 'prospect' }),
  account('landes', {
    territoryId: 'd40',
    kind: 'prospect',
    lastVisitDay: '2026-01-01',
    values: answers({ size: true }),
  }),
]
const ids = (over?: Partial<ToldInsight>) =>
  concerned(told(over), {
    frame: { territories: TERRITORIES, fields: [asked, speaks], pastFields: [] },
    rows: {
      accounts: new Map(rows.map((row) => [row.id, row])),
      contacts: new Map(
        ['won', 'other'].map((id) => [id, contact(`c-${id}`, id, { values: answers({ speaks: true }) })]),
      ),
    },
  }).map(({ id }) => id)

it('prospects that look like won accounts are those of this phone that answer alike, unseen for longest first', () => {
  expect(ids()).toEqual(['never', 'landes', 'seen'])
})
it('none is named beyond the place that is told, or once the question is no longer asked', () => {
  expect(ids({ place: nodeOf('pb') })).toEqual(['never', 'seen'])
  expect(ids({ question: { id: 'gone', label: { fr: 'Partie' } } })).toEqual([])
})
it('of a question about contacts, those of which a contact answers alike', () => {
  const question = { id: 'speaks', label: { fr: 'Parle basque' }, entity: 'contact' } as const
  expect(ids({ question })).toEqual(['other'])
})
it('of the others, those that the server names and this phone holds', () => {
  const named = (id: string): NamedAccount => ({ id, name: id, city: null, lastVisitDay: null, client: true })
  expect(ids({ kind: 'cold', accounts: [named('won'), named('elsewhere')] })).toEqual(['won'])
})
