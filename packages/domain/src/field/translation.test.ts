import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { FieldSpec } from './field-spec.ts'
import { addedTexts, addedWithEnglish, textsOf, untranslated, withEnglish } from './translation.ts'

const spec: FieldSpec = {
  label: { fr: 'Parle basque', en: 'Speaks Basque' },
  why: { fr: 'Pour écrire dans sa langue' },
  help: { fr: 'Demandez-lui.' },
  type: 'single_choice',
  options: [
    { id: 'yes', label: { fr: 'Oui' } },
    { id: 'gone', label: { fr: 'Ancienne' }, retired: true },
    { id: 'local', label: { fr: 'D’en dessous' }, countsAs: 'yes', retired: true },
  ],
  required: true,
  reportable: true,
  position: 3,
  shared: false,
  givebacks: [{ kind: 'badge' }, { kind: 'segment', label: { fr: 'Qui parlent basque' }, options: ['yes'] }],
}

describe('the words of a question', () => {
  it('lack English part by part: not for answers no longer offered, nor for those of levels below', () => {
    expect(untranslated(textsOf(spec)).map(({ part }) => part)).toEqual([
      'help',
      'why',
      'option.yes',
      'giveback.1',
    ])
    expect(textsOf(spec).map(({ part }) => part)).toContain('label')
  })
  it('are given in English, or taken away again', () => {
    const next = withEnglish(spec, { why: ' To write in their language ', 'option.yes': 'Yes', label: '' })
    expect(next.why).toEqual({ fr: 'Pour écrire dans sa langue', en: 'To write in their language' })
    expect(next.options[0]).toEqual({ id: 'yes', label: { fr: 'Oui', en: 'Yes' } })
    expect(next.label).toEqual({ fr: 'Parle basque' })
  })
  it('are also those that a level added: its help, and its own answers that are offered', () => {
    const said = {
      required: true as const,
      without: ['yes'],
      options: [
        { id: 'north', label: { fr: 'Du nord' }, countsAs: 'yes' },
        { id: 'old', label: { fr: 'Autrefois' }, countsAs: 'yes', retired: true },
      ],
      help: { fr: 'Écoutez', en: 'Listen' },
      locks: [],
    }
    expect(untranslated(addedTexts(said)).map(({ part }) => part)).toEqual(['option.north'])
    const next = addedWithEnglish(said, { 'option.north': 'Northern', 'option.old': 'x', help: '' })
    expect(next).toEqual({
      ...said,
      options: [{ ...said.options[0], label: { fr: 'Du nord', en: 'Northern' } }, said.options[1]],
      help: { fr: 'Écoutez' },
    })
  })
  it('change nothing else, whatever is sent', () => {
    const parts = fc.constantFrom(
      'label',
      'help',
      'why',
      'option.yes',
      'option.gone',
      'giveback.0',
      'giveback.1',
      'x',
    )
    fc.assert(
      fc.property(fc.dictionary(parts, fc.string()), (english) => {
        const next = withEnglish(spec, english)
        const french = (of: FieldSpec) =>
          JSON.parse(JSON.stringify(of, (key, value) => (key === 'en' ? undefined : value)))
        expect(french(next)).toEqual(french(spec))
        for (const { part, words } of textsOf(next)) {
          const typed = english[part]?.trim()
          if (typed) expect(words.en).toBe(typed)
        }
      }),
    )
  })
})
