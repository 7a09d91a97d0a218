import { type FieldDefinition, fieldSpec } from '@fieldback/domain/field/field-spec'
import { describe, expect, it } from 'vitest'
import { rebaseDraft, versionDraftOf } from './rebase-draft.ts'

const option = (id: string, fr = id) => ({ id, label: { fr } })
const version = (number: number, over: object = {}): FieldDefinition => ({
  id: 'f',
  territoryId: 't',
  entity: 'report',
  key: 'farine',
  version: number,
  retired: false,
  slot: null,
  spec: fieldSpec.parse({
    label: { fr: 'Farine' },
    why: { fr: 'Pour le pétrin' },
    type: 'single_choice',
    options: [option('ble'), option('seigle'), option('autre')],
    givebacks: [{ kind: 'badge' }],
    ...over,
  }),
})
const typed = (fr: string) => ({ key: fr, id: null, fr, en: '' })

describe('a draft on a version published meanwhile', () => {
  const begun = versionDraftOf(version(1))
  it('keeps what was typed, and takes what the other changed', () => {
    const mine = { ...begun, why: { fr: 'Pour vendre', en: '' } }
    const next = rebaseDraft(mine, version(2, { label: { fr: 'Quelle farine ?' }, required: true }))
    expect(next).toMatchObject({
      base: 2,
      label: { fr: 'Quelle farine ?' },
      required: true,
      why: { fr: 'Pour vendre' },
      from: { why: { fr: 'Pour le pétrin' } },
    })
  })
  it('of what both changed, keeps what was typed', () => {
    const mine = { ...begun, label: { fr: 'Type de farine', en: '' } }
    expect(rebaseDraft(mine, version(2, { label: { fr: 'La farine' } })).label.fr).toBe('Type de farine')
  })
  it('joins the choices of both: added, taken out, renamed', () => {
    const [ble, , autre] = begun.options
    if (!ble || !autre) throw new Error('no options')
    const mine = {
      ...begun,
      options: [ble, { ...autre, fr: 'Autre farine' }, typed('Maïs'), typed('Épeautre')],
    }
    const theirs = version(2, {
      options: [option('ble', 'Blé'), option('seigle'), option('autre'), option('epeautre', 'épeautre')],
    })
    expect(rebaseDraft(mine, theirs).options.map(({ fr }) => fr)).toEqual([
      'Blé',
      'Autre farine',
      'épeautre',
      'Maïs',
    ])
  })
})
