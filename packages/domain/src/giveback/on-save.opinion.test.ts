import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Giveback, GivebackKind } from '../field/field-spec.ts'
import { account, answers, contact, EMPTY_PACK, field, report, rowsOf, TODAY } from './fixture.ts'
import { chooseReturn } from './on-save.ts'
import type { SaveMoment } from './save-moment.ts'

const SEGMENT: Giveback = { kind: 'segment', label: { fr: 'Bascophones' }, options: ['true'] }
const BADGE: Giveback = { kind: 'badge' }
const COMPARISON: Giveback = { kind: 'comparison' }
const QUESTIONS = ['basque', 'truck', 'terrace']

type Judged = { readonly fieldId: string; readonly kind: GivebackKind; readonly useful: boolean }

/** Peio says yes to everything, as so many others did; `judged`: what the rep thinks of what comes back. */
const metWith = (fields: SaveMoment['fields'], others: number, judged: readonly Judged[]): SaveMoment => {
  const yes = answers(Object.fromEntries(QUESTIONS.map((id) => [id, true])))
  const known = Array.from({ length: others }, (_, i) => contact(`c${i}`, 'a', { values: yes }))
  return {
    report: report('new', 'a'),
    account: account('a'),
    contact: contact('peio', 'a', { values: yes }),
    fields,
    localRows: rowsOf({ accounts: [account('a')], contacts: [...known, contact('peio', 'a')] }),
    pack: EMPTY_PACK,
    mine: ['pb'],
    today: TODAY,
    opinion: ({ fieldId, kind }) =>
      judged.find((one) => one.fieldId === fieldId && one.kind === kind)?.useful ?? null,
  }
}
const asks = (id: string, givebacks: readonly Giveback[]) =>
  field(id, { spec: { givebacks: [...givebacks] } })
const cardOf = (of: SaveMoment) => {
  const { card } = chooseReturn(of)
  return card && `${card.fieldId}/${card.kind}`
}

const judgements = fc.uniqueArray(
  fc.record<Judged>({
    fieldId: fc.constantFrom(...QUESTIONS),
    kind: fc.constantFrom('badge', 'segment', 'comparison'),
    useful: fc.boolean(),
  }),
  { selector: ({ fieldId, kind }) => `${fieldId}/${kind}` },
)
const forms = fc
  .uniqueArray(fc.constantFrom(...QUESTIONS), { minLength: 1 })
  .chain((ids) =>
    fc.tuple(
      ...ids.map((id) =>
        fc.subarray([BADGE, SEGMENT, COMPARISON], { minLength: 1 }).map((givebacks) => asks(id, givebacks)),
      ),
    ),
  )

describe('what a rep thinks of a return', () => {
  const both = [asks('basque', [SEGMENT, BADGE])]
  it('judged of no use, it leaves its place to another, and takes it again once that is taken back', () => {
    expect(cardOf(metWith(both, 3, []))).toBe('basque/segment')
    expect(cardOf(metWith(both, 3, [{ fieldId: 'basque', kind: 'segment', useful: false }]))).toBe(
      'basque/badge',
    )
  })
  it('judged of no use and the only one, it is shown all the same', () => {
    const only = [asks('basque', [BADGE])]
    expect(cardOf(metWith(only, 3, [{ fieldId: 'basque', kind: 'badge', useful: false }]))).toBe(
      'basque/badge',
    )
  })
  it('found useful, it comes before its equals, and not before what is better', () => {
    const lists = [asks('basque', [SEGMENT]), asks('truck', [SEGMENT])]
    expect(cardOf(metWith(lists, 3, []))).toBe('basque/segment')
    expect(cardOf(metWith(lists, 3, [{ fieldId: 'truck', kind: 'segment', useful: true }]))).toBe(
      'truck/segment',
    )
    const badge = [...both, asks('truck', [BADGE])]
    expect(cardOf(metWith(badge, 3, [{ fieldId: 'truck', kind: 'badge', useful: true }]))).toBe(
      'basque/segment',
    )
  })
  it('a comparison comes before a list that was judged of no use', () => {
    const fields = [asks('basque', [SEGMENT]), asks('truck', [COMPARISON])]
    expect(cardOf(metWith(fields, 9, []))).toBe('basque/segment')
    expect(cardOf(metWith(fields, 9, [{ fieldId: 'basque', kind: 'segment', useful: false }]))).toBe(
      'truck/comparison',
    )
  })
  it('whatever is judged, there is a card as before; one of no use only where all are', () => {
    fc.assert(
      fc.property(forms, fc.nat(12), judgements, (fields, others, judged) => {
        const refused = new Set(
          judged.filter(({ useful }) => !useful).map(({ fieldId, kind }) => `${fieldId}/${kind}`),
        )
        const before = cardOf(metWith(fields, others, []))
        const after = cardOf(metWith(fields, others, judged))
        expect(after === null).toBe(before === null)
        const all = fields.flatMap(({ id, spec }) => spec.givebacks.map(({ kind }) => `${id}/${kind}`))
        if (after !== null && refused.has(after)) expect(all.filter((one) => !refused.has(one))).toEqual([])
      }),
    )
  })
  it('of no use alone, nothing else moves: the card changes only if it was the one', () => {
    fc.assert(
      fc.property(forms, fc.nat(12), judgements, (fields, others, judged) => {
        const no = judged.filter(({ useful }) => !useful)
        const before = cardOf(metWith(fields, others, []))
        if (no.some(({ fieldId, kind }) => `${fieldId}/${kind}` === before)) return
        expect(cardOf(metWith(fields, others, no))).toBe(before)
      }),
    )
  })
})
