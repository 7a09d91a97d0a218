import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AnswerValue } from '../field/answer.ts'
import { FIELD_ENTITIES, FIELD_TYPES, type Giveback } from '../field/field-spec.ts'
import { fitsType } from './fits-type.ts'
import { account, answers, contact, EMPTY_PACK, field, report, rowsOf, TODAY } from './fixture.ts'
import { chooseReturn } from './on-save.ts'
import type { SaveMoment } from './save-moment.ts'

describe('any form', () => {
  const VALUES: Readonly<Record<string, fc.Arbitrary<AnswerValue | undefined>>> = {
    yes_no: fc.constantFrom(true, false, null, undefined),
    single_choice: fc.constantFrom('true', 'b', null, undefined),
    multiple_choice: fc.constantFrom(['true'], ['true', 'b'], [], null, undefined),
    integer: fc.constantFrom(1, 30, null, undefined),
    decimal: fc.constantFrom(1.5, null, undefined),
    date: fc.constantFrom('2026-12-20', '2020-01-01', '2030-01-01', null, undefined),
    short_text: fc.constantFrom('Frimat', '', undefined),
    long_text: fc.constantFrom('Long', undefined),
  }
  const GIVEBACKS: readonly Giveback[] = [
    { kind: 'badge' },
    { kind: 'comparison' },
    { kind: 'segment', label: { fr: 'Ceux qui disent oui' }, options: ['true'] },
    { kind: 'reminder', label: { fr: 'Rappel' }, daysBefore: 15 },
  ]
  const options = ['true', 'b'].map((id) => ({ id, label: { fr: id } }))
  const question = fc.record({
    id: fc.uuid(),
    entity: fc.constantFrom(...FIELD_ENTITIES),
    owner: fc.constantFrom('fr', 'na', 'd64', 'pb'),
    spec: fc.constantFrom(...FIELD_TYPES).chain((type) =>
      fc.record({
        type: fc.constant(type),
        options: fc.constant(options),
        givebacks: fc.subarray(GIVEBACKS.filter(({ kind }) => fitsType(kind, type))),
      }),
    ),
  })
  const form = fc
    .array(question, { maxLength: 6 })
    .chain((questions) =>
      fc.tuple(
        fc.constant(questions.map(({ id, ...over }) => field(id, over))),
        fc.tuple(...questions.map(({ spec }) => VALUES[spec.type] ?? fc.constant(undefined))),
        fc.boolean(),
      ),
    )
  const saved = form.map(([fields, given, withContact]) => {
    const of = (entity: string) =>
      answers(
        Object.fromEntries(
          fields.flatMap((asked, i) => {
            const x = given[i]
            return asked.entity === entity && x !== undefined ? [[asked.id, x] as const] : []
          }),
        ),
      )
    return {
      fields,
      report: report('new', 'a', { values: of('report') }),
      account: account('a', { values: of('account') }),
      contact: withContact ? contact('m', 'a', { values: of('contact') }) : null,
      localRows: rowsOf({ accounts: [account('a')] }),
      pack: EMPTY_PACK,
      mine: ['pb'],
      today: TODAY,
    } satisfies SaveMoment
  })
  it('with at least one return gives a card, with an empty pack too; with none gives none', () => {
    fc.assert(
      fc.property(saved, (at) => {
        const has = at.fields.some(({ spec }) => spec.givebacks.length > 0)
        expect(chooseReturn(at).card !== null).toBe(has)
      }),
      { numRuns: 300 },
    )
  })
  it('gives the same card whatever the order of the rows, and never tells the same thing twice', () => {
    fc.assert(
      fc.property(saved, (at) => {
        const rows = { ...at.localRows, accounts: [...at.localRows.accounts, account('b')] }
        const one = chooseReturn({ ...at, localRows: rows })
        const two = chooseReturn({ ...at, localRows: { ...rows, accounts: [...rows.accounts].reverse() } })
        expect(two).toEqual(one)
        const told = one.alsoDone.map(
          (done) => `${done.kind}/${done.kind === 'badge' ? done.badge.fieldId : done.reminder.fieldId}`,
        )
        expect(new Set(told).size).toBe(told.length)
        expect(told).not.toContain(`${one.card?.kind}/${one.card?.fieldId}`)
      }),
    )
  })
})
