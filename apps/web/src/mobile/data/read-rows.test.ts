import type { FieldDefinition } from '@fieldback/domain/field/field-spec'
import type { EffectiveField } from '@fieldback/domain/field/resolve'
import type { ContactRow, Frame } from '@fieldback/domain/sync/pull'
import { describe, expect, it } from 'vitest'
import { answersPatch } from '../account/answers-patch.ts'
import { isDue } from '../report/asked.ts'
import type { CacheRows } from './cache.ts'
import { readRows } from './read-rows.ts'

const field = (live: boolean): FieldDefinition => ({
  id: 'whole',
  territoryId: 'france',
  entity: 'contact',
  key: 'whole',
  version: 2,
  retired: false,
  slot: null,
  spec: {
    label: { fr: 'Parle la langue régionale' },
    why: { fr: '…' },
    type: 'yes_no',
    options: [],
    required: false,
    reportable: true,
    position: 0,
    shared: false,
    staleAfterDays: 100,
    givebacks: [{ kind: 'badge' }],
  },
  merges: { live, links: [{ from: 'basque', map: { oui: 'true', non: 'false' }, links: [] }] },
})
const asked = { ...field(true), owner: { id: 'france', name: 'France', rank: 0 } } as EffectiveField
const frame = (live: boolean): Frame => ({ territories: [], fields: [field(live)], pastFields: [] })
const contact = (values: ContactRow['values']): ContactRow =>
  ({ id: 'c', accountId: 'a', values, version: 1 }) as ContactRow
const rows = (values: ContactRow['values']): CacheRows => ({
  accounts: new Map(),
  contacts: new Map([['c', contact(values)]]),
  reports: new Map(),
  callbacks: new Map(),
})
const said = { basque: { v: 1, x: 'oui', d: '2026-11-01' } }

describe('rows of the phone under a question made of others', () => {
  it('answer it with what was said before, so that it is not asked again until that grows old', () => {
    const values = readRows(rows(said), frame(true)).contacts.get('c')?.values ?? {}
    expect(values.whole).toEqual({ v: 2, x: true, d: '2026-11-01', of: 'basque' })
    expect(values.basque).toEqual(said.basque)
    expect(isDue(asked, values.whole, '2026-11-20')).toBe(false)
    expect(isDue(asked, values.whole, '2027-11-20')).toBe(true)
  })
  it('stay as they are without one, and once it was taken back', () => {
    const before = rows(said)
    expect(readRows(before, frame(false))).toBe(before)
    const other = rows({})
    const read = readRows(other, frame(true))
    expect(read.contacts.get('c')).toBe(other.contacts.get('c'))
  })
  it('send nothing while nothing changed; an answer taken away takes along what would stand in its place', () => {
    const values = readRows(rows(said), frame(true)).contacts.get('c')?.values ?? {}
    const patch = (x: boolean | undefined) =>
      answersPatch([asked], values, { typed: { whole: x }, day: '2026-11-20' })
    expect(patch(true)).toEqual({})
    expect(patch(false)).toEqual({ whole: { v: 2, x: false, d: '2026-11-20' } })
    expect(patch(undefined)).toEqual({ whole: null, basque: null })
  })
})
