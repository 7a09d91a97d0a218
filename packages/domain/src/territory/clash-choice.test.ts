import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { FieldDefinition, FieldSpec } from '../field/field-spec.ts'
import { answerIds } from '../field/merge-map.ts'
import { planPromotion } from '../field/plan-promotion.ts'
import { readAs } from '../field/read-as.ts'
import {
  ADDED,
  asChosen,
  type ClashChoice,
  choiceFor,
  leftBehind,
  madeOf,
  sameAnswers,
  withAdded,
} from './clash-choice.ts'
import { clashesOf, type FieldAt } from './fields-meet.ts'

const question = (id: string, more: Partial<FieldSpec> = {}): FieldDefinition => ({
  id,
  territoryId: id,
  entity: 'report',
  key: 'humeur',
  version: 1,
  retired: false,
  slot: null,
  spec: {
    label: { fr: 'Humeur' },
    why: { fr: '' },
    type: 'single_choice',
    options: ['calm', 'keen'].map((one) => ({ id: one, label: { fr: one } })),
    required: false,
    reportable: true,
    shared: false,
    position: 0,
    givebacks: [{ kind: 'badge' }],
    ...more,
  },
})
const at = (definition: FieldDefinition): FieldAt => ({ definition, place: definition.id })
const [own, near, far] = ['own', 'near', 'far'].map((id) => at(question(id))) as [FieldAt, FieldAt, FieldAt]
const keep = (fieldId: string, ...others: string[]): ClashChoice => ({ how: 'keep', fieldId, others })
const ids = (groups: readonly (readonly FieldAt[])[]) =>
  groups.map((group) => group.map(({ definition }) => definition.id))

describe('questions that clash', () => {
  it('are one group with all that they meet, those that come first', () => {
    expect(ids(clashesOf([own], [near, far]))).toEqual([['own', 'near', 'far']])
    expect(ids(clashesOf([own, far], [near]))).toEqual([['own', 'far', 'near']])
    const other = at({ ...question('other', { label: { fr: 'Ciel' } }), key: 'ciel' })
    expect(ids(clashesOf([own, other], [near]))).toEqual([['own', 'near']])
    expect(clashesOf([own], [near], () => false)).toEqual([])
  })

  it('are chosen for only by a choice that names them all, and nobody else', () => {
    expect(choiceFor([own, near], [keep('near', 'own')])).toEqual(keep('near', 'own'))
    expect(choiceFor([own, near], [keep('near', 'own', 'far')])).toBeUndefined()
    expect(choiceFor([own, near, far], [keep('near', 'own')])).toBeUndefined()
  })

  it('clash no more once something is chosen, unless the new name is one of theirs', () => {
    const left = (choice: ClashChoice) =>
      clashesOf(asChosen([own], [choice]), asChosen([near], [choice])).length
    const apart = (fr: string): ClashChoice => ({
      how: 'apart',
      fieldId: 'own',
      others: ['near'],
      label: { fr },
    })
    expect(left(keep('near', 'own'))).toBe(0)
    expect(left(keep('own', 'near'))).toBe(0)
    expect(left({ how: 'one', fieldId: 'own', others: ['near'], maps: {} })).toBe(0)
    expect(left(apart('Climat'))).toBe(0)
    expect(left(apart('HUMEUR'))).toBe(1)
  })
})

describe('answers that the kept question is to offer too', () => {
  it('are added once for those that say the same, under an id of their own', () => {
    const say = (id: string, words: readonly [string, string][]) =>
      at(question(id, { options: words.map(([option, fr]) => ({ id: option, label: { fr } })) }))
    const clash = [
      say('own', [
        ['a', 'Tendu'],
        ['b', 'Vif'],
      ]),
      say('other', [['x', 'TENDU']]),
      say('near', [['a', 'Calme']]),
    ]
    const maps = { own: { a: ADDED, b: null }, other: { x: ADDED } }
    const joined = withAdded(clash, { how: 'one', fieldId: 'near', others: ['own', 'other'], maps })
    expect(joined?.choice.maps).toEqual({ own: { a: 'a_2', b: null }, other: { x: 'a_2' } })
    expect(joined?.kept.definition.spec.options).toEqual([
      { id: 'a', label: { fr: 'Calme' } },
      { id: 'a_2', label: { fr: 'Tendu' } },
    ])
  })
})

const facts = {
  reps: 6,
  repsBelow: 6,
  authorsLast60Days: 6,
  reportsLast60Days: 60,
  accountsMetLast60Days: 40,
  contactsMetLast60Days: 40,
  accountsSeenTwiceIn60Days: 12,
  accountsReachable: 30,
  contactsReachable: 30,
}
const optionIds = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { minLength: 2, maxLength: 5 })
const specOf = fc.oneof(
  fc.constant<Partial<FieldSpec>>({ type: 'yes_no', options: [] }),
  optionIds.map(
    (options): Partial<FieldSpec> => ({
      type: 'single_choice',
      options: options.map((id) => ({ id, label: { fr: id } })),
    }),
  ),
)

describe('questions read as one', () => {
  it('every answer that was given is read by the one or stays on its own, never both, never neither', () => {
    fc.assert(
      fc.property(
        specOf,
        specOf,
        fc.array(fc.nat(9), { minLength: 5, maxLength: 5 }),
        (ofOwn, ofNear, dice) => {
          const [kept, source] = [question('near', ofNear), question('own', ofOwn)]
          const places = [...answerIds(kept.spec), null]
          const map = Object.fromEntries(
            answerIds(source.spec).map((id, n) => [id, places[(dice[n] ?? 0) % places.length] ?? null]),
          )
          const owner = { id: 'into', name: 'into', path: 'into/' }
          const verdict = planPromotion({
            territory: owner,
            entity: 'report',
            spec: kept.spec,
            sources: [
              { definition: kept, owner, map: sameAnswers(kept.spec), facts },
              { definition: source, owner, map, facts },
            ],
            holders: [],
            slots: { anywhere: new Set(), overlapping: new Set() },
            facts,
            acceptLooser: false,
            meeting: true,
          })
          if (!verdict.ok) throw new Error(verdict.code)
          const one = { ...question('one', ofNear), merges: { live: true, links: verdict.links } }
          const read = (field: FieldDefinition, token: string) => {
            const x = field.spec.type === 'yes_no' ? token === 'true' : token
            return readAs(one, { [field.id]: { v: 1, x } })?.x
          }
          const left = leftBehind(source.spec, map)
          for (const token of answerIds(source.spec)) {
            expect(read(source, token) === undefined).toBe(left.includes(token))
            if (!left.includes(token)) expect(String(read(source, token))).toBe(map[token])
          }
          for (const token of answerIds(kept.spec)) expect(String(read(kept, token))).toBe(token)
        },
      ),
    )
  })

  it('are in a draft what a promotion makes of them: the same answers read the same way, and what a level asked more of', () => {
    fc.assert(
      fc.property(specOf, specOf, fc.boolean(), fc.boolean(), (ofOwn, ofNear, required, below) => {
        const [kept, source] = [question('near', ofNear), question('own', { ...ofOwn, required })]
        const [first = null] = answerIds(kept.spec)
        const map = Object.fromEntries(answerIds(source.spec).map((id) => [id, first]))
        const into = { id: 'into', name: 'into', path: 'into/' }
        const owner = below ? { id: 'own', name: 'own', path: 'into/own/' } : into
        const verdict = planPromotion({
          territory: into,
          entity: 'report',
          spec: kept.spec,
          sources: [
            { definition: source, owner, map, facts },
            { definition: kept, owner: into, map: sameAnswers(kept.spec), facts },
          ],
          holders: [],
          slots: { anywhere: new Set(), overlapping: new Set() },
          facts,
          acceptLooser: false,
          meeting: true,
        })
        const made = madeOf(
          [source, kept].map(at),
          { how: 'one', fieldId: 'near', others: ['own'], maps: { own: map } },
          { id: 'one', territoryId: 'into', owners: [owner.id, 'into'] },
        )
        if (!verdict.ok) throw new Error(verdict.code)
        expect(made).toMatchObject({
          id: 'one',
          spec: { options: verdict.publication.spec.options },
          merges: { live: true, links: verdict.links },
        })
        expect(made?.tightenings?.map(({ territoryId, spec }) => ({ territoryId, spec }))).toEqual(
          verdict.carried,
        )
      }),
    )
  })

  it('stand above and at each other’s place only where their territories come together by the same change', () => {
    const owner = { id: 'into', name: 'into', path: 'into/' }
    const plan = (meeting: boolean) =>
      planPromotion({
        territory: owner,
        entity: 'report',
        spec: question('near').spec,
        sources: [{ definition: question('near'), owner, map: sameAnswers(question('near').spec), facts }],
        holders: [],
        slots: { anywhere: new Set(), overlapping: new Set() },
        facts,
        acceptLooser: false,
        meeting,
      })
    expect(plan(true).ok).toBe(true)
    expect(plan(false)).toMatchObject({ ok: false, code: 'PROMOTION_PLACE' })
  })
})
