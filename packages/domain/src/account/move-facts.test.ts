import { describe, expect, it } from 'vitest'
import { readOf } from '../analytics/fact.ts'
import { foldFacts } from '../analytics/fold.ts'
import type { Conversion } from '../field/conversion.ts'
import type { FieldDefinition, FieldEntity } from '../field/field-spec.ts'
import type { ReportState } from '../sync/state.ts'
import { moveFacts } from './move-facts.ts'

const question = (id: string, entity: FieldEntity): FieldDefinition => ({
  id,
  territoryId: 'france',
  entity,
  key: id,
  version: 1,
  retired: false,
  slot: null,
  spec: {
    label: { fr: id },
    why: { fr: id },
    type: 'yes_no',
    options: [],
    required: false,
    reportable: true,
    position: 0,
    shared: false,
    givebacks: [{ kind: 'badge' }],
  },
})
const versions = new Map(
  [question('mood', 'report'), question('oven', 'account'), question('basque', 'contact')].map((q) => [
    `${q.id}:1`,
    q,
  ]),
)
const report = (over: Partial<ReportState> = {}): ReportState => ({
  id: 'r',
  accountId: 'a',
  contactId: null,
  territoryId: 'bearn',
  authorId: 'rep',
  kind: 'visit',
  outcome: 'order',
  day: '2026-11-20',
  note: null,
  fieldSet: 'set',
  values: { mood: { v: 1, x: true } },
  status: 'accepted',
  missing: [],
  durationSeconds: 30,
  capturedAt: '2026-11-20T09:00:00.000Z',
  version: 1,
  ...over,
})
const known = { versions, conversions: [], fieldSets: new Map([['set', [['mood', 1]] as const]]) }
const account = { id: 'a', territoryId: 'bearn', values: { oven: { v: 1, x: true } } }
const contact = { accountId: 'a', values: { basque: { v: 1, x: false } } }
const fold = (facts: ReturnType<typeof moveFacts>) => foldFacts(facts, (id) => ['pyrenees', id])

describe('accounts that move', () => {
  const facts = moveFacts(known, {
    to: 'basque',
    accounts: [account],
    contacts: [contact],
    reports: [report()],
  })
  it('take their reports from the old home to the new one, as organised today only', () => {
    const { days, people, cells } = fold(facts)
    expect(days.map(({ basis, territoryId, n }) => [basis, territoryId, n])).toEqual([
      ['today', 'basque', 1],
      ['today', 'bearn', -1],
    ])
    expect(people.map(({ territoryId, n }) => [territoryId, n])).toEqual([
      ['basque', 1],
      ['bearn', -1],
    ])
    const given = cells.filter(({ bucket }) => bucket === 'true')
    // What is counted then is the sum of both: nothing of it changes.
    expect(given.map(({ basis, territoryId, n }) => [basis, territoryId, n])).toEqual([
      ['moved', 'basque', -1],
      ['moved', 'bearn', 1],
      ['today', 'basque', 1],
      ['today', 'bearn', -1],
    ])
  })
  it('are counted once by a change of type whose count has come to one of the two homes', () => {
    const mood = versions.get('mood:1')
    if (!mood) throw new Error('a question')
    const spec = {
      ...mood.spec,
      type: 'single_choice' as const,
      options: [{ id: 'good', label: { fr: 'Bonne' } }],
    }
    const conversion: Conversion = {
      fieldId: 'mood2',
      entity: 'report',
      live: true,
      from: 'mood',
      links: [],
      spec,
      way: { map: { true: 'good' }, steps: [], natural: false },
      countedTo: 'bearn/z',
    }
    const told = (to: string, from: string) => {
      const moved = moveFacts(
        { ...known, conversions: [conversion] },
        {
          to,
          accounts: [{ ...account, territoryId: from }],
          contacts: [],
          reports: [report({ territoryId: from })],
        },
      )
      const { cells, days } = fold(moved)
      const then = cells.filter(({ fieldId, territoryId }) => fieldId === 'mood2' && territoryId === from)
      const sum = (bucket: string) =>
        then.filter((cell) => cell.bucket === readOf(bucket)).reduce((all, { n }) => all + n, 0)
      return { good: sum('good'), asked: sum('_asked'), filed: days.filter(({ basis }) => basis === 'then') }
    }
    // Taken out whole where it is counted, for its turn is to come; put in whole where it was not.
    expect(told('landes', 'bearn')).toEqual({ good: -1, asked: -1, filed: [] })
    expect(told('bearn', 'landes')).toEqual({ good: 1, asked: 1, filed: [] })
    expect(told('basque', 'bearn')).toEqual({ good: 0, asked: 0, filed: [] })
  })
  it('take what they and their contacts answered', () => {
    const { stocks } = fold(facts)
    expect(stocks.filter((s) => s.bucket === 'true' || s.bucket === 'false')).toEqual([
      expect.objectContaining({ fieldId: 'basque', territoryId: 'basque', bucket: 'false', n: 1 }),
      expect.objectContaining({ fieldId: 'basque', territoryId: 'bearn', bucket: 'false', n: -1 }),
      expect.objectContaining({ fieldId: 'oven', territoryId: 'basque', bucket: 'true', n: 1 }),
      expect.objectContaining({ fieldId: 'oven', territoryId: 'bearn', bucket: 'true', n: -1 }),
    ])
  })
  it('and come back leave every figure as it was', () => {
    const back = moveFacts(known, {
      to: 'bearn',
      accounts: [{ ...account, territoryId: 'basque' }],
      contacts: [contact],
      reports: [report()],
    })
    expect(fold([...facts, ...back])).toEqual({
      cells: [],
      days: [],
      people: [],
      stocks: [],
      ledger: [],
      took: [],
      returns: [],
    })
  })
  it('carry no withdrawn report, nor one of another account', () => {
    const reports = [report({ status: 'withdrawn' }), report({ accountId: 'other' })]
    expect(moveFacts(known, { to: 'basque', accounts: [account], contacts: [], reports })).toHaveLength(2)
  })
})
