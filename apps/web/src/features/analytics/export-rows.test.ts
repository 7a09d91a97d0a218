import type { Figure, Findings } from '@fieldback/domain/analytics/findings'
import { toCsv } from '@fieldback/domain/export/csv'
import { openFormats } from '@fieldback/i18n/format'
import { messagesOf } from '@fieldback/i18n/messages'
import { openTexts } from '@fieldback/i18n/texts'
import { describe, expect, it } from 'vitest'
import { findingRows } from './export-rows.ts'
import type { AnalyticsText } from './use-figures.ts'

const formats = openFormats('fr', 'Europe/Paris')
const text = openTexts(messagesOf('fr'), 'fr')('analytics') as AnalyticsText
const place = (name: string, code: string | null) =>
  ({ id: name, name, rank: 1, code, closed: false }) as const
const figure = (over: Partial<Figure>): Figure => ({
  value: 0.25,
  low: 0.2,
  high: 0.31,
  k: 25,
  n: 100,
  people: 6,
  between: null,
  hidden: null,
  ...over,
})
const hidden = { value: null, low: null, high: null, k: null, n: 12 } as const
const row = (at: readonly string[], now: Figure) => ({ at, now, before: null, verdict: null })
const findings: Findings = {
  measured: null,
  filters: [],
  place: place('France', 'FR'),
  comparedPlace: null,
  axes: [{ by: 'territory', places: [place('=Bretagne', '53'), place('Corse', '94')] }],
  rows: [
    row(['=Bretagne'], figure({})),
    row(['Corse'], figure({ ...hidden, people: 3, hidden: { reason: 'people', have: 3, need: 5 } })),
  ],
  total: row([], figure({})),
  direct: 0,
  part: [],
  method: 'wilson',
  days: { from: '2026-09-01', to: '2026-11-20' },
  comparedDays: null,
  alone: null,
  prepared: { state: 'one' },
  source: { from: 'counts' },
  counting: null,
  kept: null,
  cut: [],
}
const subject = { measure: { of: 'outcome', outcome: 'order' }, field: null, answer: null } as const
const rowsOf = (over: Partial<Findings> = {}) =>
  findingRows({ ...findings, ...over }, subject, { text, formats })
const notes = (over: Partial<Findings>) => rowsOf(over).slice(4).flat()

describe('a file of figures', () => {
  it('has a line a territory, and of what is hidden says why and no figure at all', () => {
    const [heads = [], first, second] = rowsOf()
    expect(heads.slice(0, 3)).toEqual(['Territoire', 'Code', 'Taux'])
    expect(first).toEqual(['=Bretagne', '53', 0.25, 0.2, 0.31, 25, 100, 6, null])
    expect(second).toEqual(['Corse', '94', null, null, null, null, null, 3, '3 personnes, il en faut 5'])
  })
  it('of what is hidden beside a smaller territory says so', () => {
    const beside = figure({ ...hidden, people: 6, hidden: { reason: 'beside', have: 6, need: 5 } })
    expect(rowsOf({ rows: [row(['Corse'], beside)] })[1]?.at(-1)).toBe(
      'caché pour protéger un plus petit territoire',
    )
  })
  it('says by itself what it is of', () => {
    expect(rowsOf()[4]?.[0]).toMatch(
      /^Comptes rendus qui finissent par une commande\. France, sept\. à nov\. 2026\.$/,
    )
  })
  it('says that its figures are partial, estimated or cut, as the screen does', () => {
    expect(notes({})).toHaveLength(1)
    expect(notes({ counting: { done: 3, of: 10 } })[1]).toMatch(/^Chiffres partiels/)
    expect(notes({ source: { from: 'rows', read: 9, limit: 9, every: 4 } })[1]).toMatch(/un jour sur 4/)
    expect(notes({ source: { from: 'rows', read: 9, limit: 9, every: 1 } })).toHaveLength(1)
    expect(notes({ cut: [{ what: 'territories', shown: 150, of: 340 }] })[1]).toMatch(
      /150 territoires sur 340/,
    )
  })
  it('runs no name as a formula', () => {
    expect(toCsv(rowsOf(), 'fr')).toContain("'=Bretagne;53;0,25")
  })
})
