import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { FieldSpec } from '../field/field-spec.ts'
import { CHANGED_ASPECTS, changesIn, changesOf } from './changes.ts'

const spec = (over: Partial<FieldSpec> = {}): FieldSpec => ({
  label: { fr: 'Parle basque', en: 'Speaks Basque' },
  why: { fr: 'Pour écrire dans sa langue' },
  type: 'single_choice',
  options: ['oui', 'un_peu', 'non'].map((id) => ({ id, label: { fr: id } })),
  required: false,
  reportable: true,
  position: 0,
  shared: false,
  givebacks: [{ kind: 'badge' }],
  ...over,
})

describe('what a new version changes', () => {
  it('is told aspect by aspect, with what stood before', () => {
    const after = spec({ label: { fr: 'Parle basque couramment' }, required: true, min: 2 })
    expect(changesOf(spec(), after)).toEqual([
      { aspect: 'required', from: null, to: true },
      { aspect: 'min', from: null, to: 2 },
      { aspect: 'label', from: spec().label, to: after.label },
    ])
  })
  it('names the answers added, renamed and no longer offered, not the whole list', () => {
    const options = [
      { id: 'oui', label: { fr: 'oui, bien' } },
      { id: 'un_peu', label: { fr: 'un_peu' }, retired: true },
      { id: 'non', label: { fr: 'non' } },
      { id: 'appris', label: { fr: 'appris' } },
    ]
    expect(changesOf(spec(), spec({ options }))).toEqual([
      { aspect: 'optionsAdded', from: null, to: [{ fr: 'appris' }] },
      { aspect: 'optionsRetired', from: [{ fr: 'un_peu' }], to: null },
      { aspect: 'optionsRenamed', from: [{ fr: 'oui' }], to: [{ fr: 'oui, bien' }] },
    ])
  })
  it('says of a first version all that it says, and of what is the same nothing', () => {
    const first = changesOf(null, spec()).map(({ aspect }) => aspect)
    expect(first).toEqual(['type', 'reportable', 'label', 'why', 'optionsAdded', 'givebacks'])
    expect(changesOf(spec(), spec())).toEqual([])
  })
  it('says that something else differs, for settings it has no word for', () => {
    const before = spec()
    const after = { ...spec(), shownIf: { all: [{ fact: 'kind', op: 'is', value: 'client' }] } } as const
    expect(changesOf(before, after)).toEqual([{ aspect: 'more', from: null, to: ['shownIf'] }])
  })
  it('of a tightening names the answers left out by their words', () => {
    const labelOf = (id: string) => (id === 'un_peu' ? { fr: 'Un peu' } : null)
    const told = changesOf(
      { without: [], options: [], locks: [] },
      { without: ['un_peu', 'x'], options: [], locks: ['help'] },
      labelOf,
    )
    expect(told).toEqual([
      { aspect: 'without', from: null, to: [{ fr: 'Un peu' }, 'x'] },
      { aspect: 'locks', from: null, to: ['help'] },
    ])
  })
  it('stays small and is read again from the journal, whatever was typed', () => {
    const words = fc.string({ minLength: 1, maxLength: 300 })
    fc.assert(
      fc.property(fc.array(words, { maxLength: 200 }), words, (options, label) => {
        const after = spec({
          label: { fr: label, en: label },
          options: options.map((one, n) => ({ id: `o${n}`, label: { fr: one, en: one } })),
        })
        const changes = changesOf(spec(), after)
        expect(JSON.stringify(changes).length).toBeLessThan(20_000)
        expect(changesIn(JSON.parse(JSON.stringify({ changes })))).toEqual(changes)
        for (const { aspect } of changes) expect(CHANGED_ASPECTS).toContain(aspect)
      }),
    )
  })
  it('is nothing in lines that were written before it was noted, or oddly', () => {
    expect(changesIn({ key: 'parle_basque', version: 2 })).toEqual([])
    expect(changesIn({ changes: [{ aspect: 3 }] })).toEqual([])
  })
})
