import { describe, expect, it } from 'vitest'
import type { FieldSpec } from '../field/field-spec.ts'
import { field, TODAY } from '../giveback/fixture.ts'
import { type AskedThen, fieldsChanged, readChange, readReport } from './read-report.ts'

type Over = Parameters<typeof field>[1] & { current?: number; retired?: boolean }
const asked = (id: string, { current = 1, retired = false, ...over }: Over = {}): AskedThen => {
  const definition = { ...field(id, { entity: 'report', ...over }), retired }
  return { definition, current, owner: definition.owner }
}
const choice = (label: string, frimat: string): Partial<FieldSpec> => ({
  label: { fr: label },
  type: 'single_choice',
  options: [{ id: 'frimat', label: { fr: frimat } }],
})
/** A question that was called otherwise, with its answer under another name. */
const RENAMED = [
  asked('rival', { version: 1, current: 2, spec: choice('Concurrent', 'Frimat') }),
  asked('rival', { version: 2, current: 2, spec: choice('Fournisseur en place', 'Frimat SA') }),
]
const reading = (versions: readonly AskedThen[], hidden: readonly string[] = []) => ({
  versions,
  hidden: new Set(hidden),
  today: TODAY,
})
const nothing = { values: {}, form: [], missing: [] }

describe('a report read again', () => {
  it('tells an answer under the question and the words of then, and what the question is called today', () => {
    const [told] = readReport({ ...nothing, values: { rival: { v: 1, x: 'frimat' } } }, reading(RENAMED))
    expect(told).toMatchObject({ label: { fr: 'Concurrent' }, now: { fr: 'Fournisseur en place' } })
    expect(told?.told).toEqual({ state: 'said', parts: { kind: 'options', labels: [{ fr: 'Frimat' }] } })
    const [today] = readReport({ ...nothing, values: { rival: { v: 2, x: 'frimat' } } }, reading(RENAMED))
    expect(today?.now).toBeNull()
  })
  it('tells "I do not know" from nothing said, and from an answer of no known word', () => {
    const values = { a: { v: 1, x: null }, b: { v: 1, x: '' }, rival: { v: 1, x: 'gone' } }
    const form = [['c', 1]] as const
    const told = readReport(
      { ...nothing, values, form },
      reading([asked('a'), asked('b'), asked('c'), ...RENAMED]),
    )
    expect(told.map(({ fieldId, told: { state } }) => [fieldId, state])).toEqual([
      ['a', 'unknown'],
      ['b', 'empty'],
      ['c', 'empty'],
      ['rival', 'unreadable'],
    ])
  })
  it('keeps hidden words at their level, and says that they were asked', () => {
    const note = asked('note', { spec: { type: 'long_text' } })
    const [told] = readReport({ ...nothing, form: [['note', 1]] }, reading([note], ['note']))
    expect(told?.told).toEqual({ state: 'kept' })
    const [lacking] = readReport({ ...nothing, missing: ['note'] }, reading([note], ['note']))
    expect(lacking).toMatchObject({ told: { state: 'empty' }, missing: true })
  })
  it('lists what is still asked, and leaves out what was neither asked nor answered', () => {
    const told = readReport({ ...nothing, missing: ['a'] }, reading([asked('a'), asked('b')]))
    expect(told).toMatchObject([{ fieldId: 'a', missing: true, told: { state: 'empty' } }])
  })
  it('a promoted question that has its own answer replaces those it was made of', () => {
    const links = [{ from: 'old', map: null, links: [] }]
    const made = asked('new')
    const versions = [
      { ...made, definition: { ...made.definition, merges: { live: true, links } } },
      asked('old', { retired: true }),
    ]
    const values = { old: { v: 1, x: true }, new: { v: 1, x: false } }
    const ids = (given: typeof values | { old: { v: number; x: boolean } }) =>
      readReport({ ...nothing, values: given }, reading(versions)).map(({ fieldId }) => fieldId)
    expect(ids(values)).toEqual(['new'])
    expect(ids({ old: values.old })).toEqual(['old'])
  })
})

describe('a correction', () => {
  const sides = {
    before: {
      outcome: 'none',
      durationSeconds: 30,
      'values.rival': { v: 1, x: 'frimat' },
      'values.note': null,
    },
    after: {
      outcome: 'order',
      durationSeconds: 90,
      'values.rival': { v: 2, x: 'frimat' },
      'values.note': { v: 1, x: 'secret' },
    },
  }
  const versions = [...RENAMED, asked('note', { spec: { type: 'short_text' } })]
  it('tells each side under its own words, and never how long it took', () => {
    const lines = readChange(sides, reading(versions))
    expect(lines.map(({ of }) => of)).toEqual(['outcome', 'answer', 'answer'])
    expect(lines[0]).toEqual({ of: 'outcome', before: 'none', after: 'order' })
    expect(lines[1]).toMatchObject({
      label: { fr: 'Fournisseur en place' },
      before: { parts: { labels: [{ fr: 'Frimat' }] } },
      after: { parts: { labels: [{ fr: 'Frimat SA' }] } },
    })
    expect(fieldsChanged(sides)).toEqual(['rival', 'note'])
  })
  it('leaves out what its reader must not see', () => {
    expect(JSON.stringify(readChange(sides, reading(versions, ['note'])))).not.toContain('secret')
  })
})
