import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays } from '../agenda/day.ts'
import type { Giveback } from '../field/field-spec.ts'
import { account, answers, contact, EMPTY_PACK, field, report, rowsOf, TODAY } from './fixture.ts'
import { chooseReturn } from './on-save.ts'
import type { ReturnCard } from './return-card.ts'
import type { SaveMoment } from './save-moment.ts'
import { REST_DAYS, type Told, toldIn, withTold } from './told-before.ts'

const QUESTIONS = ['basque', 'truck', 'terrace'] as const
const SEGMENT: Giveback = { kind: 'segment', label: { fr: 'Une liste' }, options: ['true'] }
const BADGE: Giveback = { kind: 'badge' }

/** Peio says yes to everything, as four others did. */
const moment = (asked: readonly string[], told: readonly Told[] = [], reportId = 'new'): SaveMoment => {
  const yes = answers(Object.fromEntries(QUESTIONS.map((id) => [id, true])))
  const others = ['b', 'c', 'd', 'e'].map((id) => contact(id, 'a', { values: yes }))
  return {
    report: report(reportId, 'a'),
    account: account('a'),
    contact: contact('peio', 'a', { values: yes }),
    fields: asked.map((id) =>
      field(id, { spec: { givebacks: id === 'basque' ? [SEGMENT, BADGE] : [SEGMENT] } }),
    ),
    localRows: rowsOf({ accounts: [account('a')], contacts: [...others, contact('peio', 'a')] }),
    pack: EMPTY_PACK,
    mine: ['pb'],
    today: TODAY,
    toldAt: toldIn(told, TODAY, reportId),
  }
}
const cardOf = (of: SaveMoment): ReturnCard => {
  const { card } = chooseReturn(of)
  if (!card) throw new Error('nothing was told')
  return card
}

describe('what was told lately', () => {
  it('leaves its place to what was not, and takes it again after its rest', () => {
    const first = cardOf(moment(['basque', 'truck']))
    expect(first.fieldId).toBe('basque')
    const told = withTold([], first, { day: TODAY, reportId: 'before' })
    expect(cardOf(moment(['basque', 'truck'], told)).fieldId).toBe('truck')
    const rested = told.map((one) => ({ ...one, day: addDays(TODAY, -REST_DAYS.other) }))
    expect(cardOf(moment(['basque', 'truck'], rested)).fieldId).toBe('basque')
  })
  it('does not keep back news of the very account that was visited', () => {
    const contract = field('contract', {
      spec: { type: 'date', givebacks: [{ kind: 'reminder', label: { fr: 'Contrat' }, daysBefore: 45 }] },
    })
    const values = answers({
      ...Object.fromEntries(QUESTIONS.map((id) => [id, true])),
      contract: addDays(TODAY, 60),
    })
    const of = moment(['basque'])
    const ends = { ...of, fields: [...of.fields, contract], contact: contact('peio', 'a', { values }) }
    const told = withTold(
      withTold([], cardOf(ends), { day: TODAY, reportId: 'before' }),
      cardOf({ ...ends, fields: [contract] }),
      {
        day: TODAY,
        reportId: 'of another account',
      },
    )
    expect(cardOf({ ...ends, toldAt: toldIn(told, TODAY, 'new') }).code).toBe('REMINDER_SET')
  })
  it('is told again rather than what is only on its way', () => {
    const first = cardOf(moment(['basque']))
    const told = withTold([], first, { day: TODAY, reportId: 'before' })
    expect(cardOf(moment(['basque'], told))).toEqual(first)
  })
  it('of a report that is looked at again is what it told', () => {
    const first = cardOf(moment(['basque', 'truck']))
    const told = withTold([], first, { day: TODAY, reportId: 'new' })
    expect(cardOf(moment(['basque', 'truck'], told))).toEqual(first)
  })
  it('comes in turn: over any saves in a row, no sentence comes again before all the others', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), (saves) => {
        let told: readonly Told[] = []
        const heard: string[] = []
        for (let at = 0; at < saves; at++) {
          const of = moment(QUESTIONS, told, `r${at}`)
          const card = cardOf(of)
          heard.push(card.fieldId)
          told = withTold(told, card, { day: TODAY, reportId: `r${at}` })
        }
        for (let at = 0; at + QUESTIONS.length <= heard.length; at++)
          expect(new Set(heard.slice(at, at + QUESTIONS.length)).size).toBe(QUESTIONS.length)
      }),
    )
  })
  it('is kept of as many saves as fill a month, the latest', () => {
    const card = cardOf(moment(['basque']))
    const all = Array.from({ length: 250 }, (_, at) => `r${at}`).reduce<readonly Told[]>(
      (told, reportId) => withTold(told, card, { day: TODAY, reportId }),
      [],
    )
    expect(all).toHaveLength(200)
    expect(all.at(-1)?.reportId).toBe('r249')
  })
})
