import { describe, expect, it } from 'vitest'
import { movingEntries, ORDERS, REPORTS, readView, type View, viewEntries } from './address.ts'

const today = '2026-11-21'
const id = '0191b151-9700-7a94-bc94-3d895bc1d604'
const other = '0191b151-9700-7a94-bc94-3d895bc1d605'
const read = (query: string, day = today) => again(query.split('&').map(pairOf), day)
const pairOf = (text: string): [string, string] => {
  const [name = '', ...value] = text.split('=')
  return [name, decodeURIComponent(value.join('='))]
}
const again = (entries: readonly (readonly [string, string])[], day = today) => {
  const named = new Map(entries)
  return readView({ get: (name) => named.get(name) ?? null }, day)
}

describe('the address of a view', () => {
  it('without anything is the last three months, as organised today', () => {
    expect(read('')).toEqual({
      territoryId: null,
      basis: 'today',
      period: { from: '2026-09', to: '2026-11' },
      grain: 'week',
      measure: null,
      level: null,
      cross: null,
      filters: [],
      outcomes: [],
      kind: null,
      compare: { with: 'previous' },
      sort: null,
    })
  })
  it('sent to a colleague gives the same view', () => {
    const measures: View['measure'][] = [
      REPORTS,
      ORDERS,
      { of: 'count', fieldId: id, bucket: 'a' },
      { of: 'share', fieldId: id, bucket: 'très & bonne=1' },
      { of: 'share', fieldId: id, bucket: null },
      ...(['mean', 'sum', 'median', 'fill', 'entry'] as const).map((of) => ({ of, fieldId: id })),
    ]
    const views: View[] = [
      ...measures.map((measure) => ({ ...read(''), measure })),
      {
        ...read(''),
        territoryId: id,
        basis: 'then',
        grain: 'day',
        sort: { key: 'rate', direction: 'ascending' },
      },
      { ...read(''), period: { from: '2024-01', to: '2026-12' }, level: 2, cross: 'month', kind: 'visit' },
      { ...read(''), cross: { fieldId: id }, compare: null, outcomes: ['order', 'none'] },
      { ...read(''), compare: { with: 'year' } },
      { ...read(''), compare: { with: 'territory', territoryId: id } },
      {
        ...read(''),
        filters: [
          { fieldId: id, buckets: ['a', 'b,c;d~e%f'] },
          { fieldId: other, buckets: ['unknown'] },
        ],
      },
    ]
    for (const view of views) expect(again(viewEntries(view))).toEqual(view)
  })
  it('kept, moves on with the months when it ended with the present one, and stays where it was when not', () => {
    const rolling = movingEntries(read(''), today)
    expect(again(rolling)).toEqual(read(''))
    expect(again(rolling, '2027-02-01').period).toEqual({ from: '2026-12', to: '2027-02' })
    const past = { ...read(''), period: { from: '2026-01', to: '2026-10' } }
    expect(again(movingEntries(past, today), '2027-02-01').period).toEqual(past.period)
  })
  it('mistyped or tampered with falls back, and never fails', () => {
    const plain = read('')
    for (const query of [
      't=../../etc',
      'basis=never&grain=hour',
      'from=2026-13&to=2026-14',
      'from=2026-11&to=2026-09',
      'from=2020-01&to=2026-11',
      'from=2026-11',
      'last=0',
      'last=37',
      'last=many',
      'm=drop%20table',
      'sort=%3Cscript%3E',
      `b=frimat`,
      'm=mean&level=4&x=week&kind=letter&o=won&c=previous',
      'm=outcome.won',
      'f=../etc,a;;x',
      `f=${id}`,
      `f=${id},%25zz`,
    ]) {
      expect(read(query)).toEqual(plain)
    }
    expect(read(`m=${id}&b=${'x'.repeat(61)}`).measure).toEqual({ of: 'share', fieldId: id, bucket: null })
    expect(read(`f=${id},a;${id},b`).filters).toEqual([{ fieldId: id, buckets: ['a'] }])
  })
  it('as it was once written still opens', () => {
    expect(read('m=orders').measure).toEqual(ORDERS)
    expect(read(`m=${id}&b=frimat`).measure).toEqual({ of: 'share', fieldId: id, bucket: 'frimat' })
  })
})
