import { describe, expect, it } from 'vitest'
import { addDays } from '../agenda/day.ts'
import type { AnswerValue } from '../field/answer.ts'
import type { Giveback } from '../field/field-spec.ts'
import { account, answers, contact, EMPTY_PACK, field, report, rowsOf, TODAY } from './fixture.ts'
import { chooseReturn } from './on-save.ts'
import type { SaveMoment } from './save-moment.ts'

const SEGMENT: Giveback = { kind: 'segment', label: { fr: 'Bascophones' }, options: ['true'] }
const REMINDER: Giveback = { kind: 'reminder', label: { fr: 'Four à changer' }, daysBefore: 15 }
const BADGE: Giveback = { kind: 'badge' }
const COMPARISON: Giveback = { kind: 'comparison' }
const basque = field('basque', { spec: { givebacks: [BADGE, SEGMENT] } })

/** So many contacts who speak Basque and so many who do not, all at account "a". */
const speakers = (yes: number, no = 0) =>
  Array.from({ length: yes + no }, (_, i) =>
    contact(`c${i}`, 'a', { values: answers({ basque: i < yes }), email: i % 2 === 0 ? 'c@x.fr' : null }),
  )

const moment = (over: Partial<SaveMoment> = {}): SaveMoment => ({
  report: report('new', 'a'),
  account: account('a'),
  contact: null,
  fields: [basque],
  localRows: rowsOf({ accounts: [account('a')] }),
  pack: EMPTY_PACK,
  mine: ['pb'],
  today: TODAY,
  ...over,
})

/** The contact just met says yes, among others known before. */
const met = (yes: number, over: Partial<SaveMoment> = {}): SaveMoment =>
  moment({
    contact: contact('peio', 'a', { values: answers({ basque: true }) }),
    localRows: rowsOf({ accounts: [account('a')], contacts: [...speakers(yes, 2), contact('peio', 'a')] }),
    ...over,
  })

const code = (of: SaveMoment) => chooseReturn(of).card?.code

describe('a new member of a segment', () => {
  it('is told with its counts, its dots and who can be reached', () => {
    expect(chooseReturn(met(33)).card).toMatchObject({
      kind: 'segment',
      code: 'SEGMENT_NEW',
      fieldId: 'basque',
      owner: { id: 'pb' },
      giveback: { fr: 'Bascophones' },
      params: { yes: 34, answered: 36, unanswered: 0, reachable: 17, withEmail: 17, holder: 'contact' },
      evidence: [
        { code: 'MEMBERS', n: 34, of: 36 },
        { code: 'UNANSWERED', n: 0, of: null },
        { code: 'REACHABLE', n: 17, of: 34 },
        { code: 'WITH_EMAIL', n: 17, of: 34 },
      ],
      proof: { kind: 'dots', yes: 34, other: 2, unanswered: 0, mark: 'yes' },
      partial: false,
    })
  })
  it('makes it five: enough to write to', () => {
    expect(code(met(3))).toBe('SEGMENT_NEW')
    expect(code(met(4))).toBe('SEGMENT_THRESHOLD')
  })
  it('the same answer as before is no new member', () => {
    const known = contact('peio', 'a', { values: answers({ basque: true }) })
    const again = met(33, {
      localRows: rowsOf({ accounts: [account('a')], contacts: [...speakers(33), known] }),
    })
    expect(code(again)).toBe('SEGMENT_STATUS')
  })
  it('and its badge is among what was also done', () => {
    expect(chooseReturn(met(33)).alsoDone).toMatchObject([
      {
        kind: 'badge',
        code: 'BADGE_ADDED',
        badge: { fieldId: 'basque', parts: { kind: 'yes' }, sourceIds: expect.arrayContaining(['peio']) },
      },
    ])
  })
})

describe('a reminder', () => {
  const oven = field('oven', { entity: 'account', spec: { type: 'date', givebacks: [REMINDER] } })
  const dated = (day: AnswerValue, over: Partial<SaveMoment> = {}) =>
    moment({ fields: [oven], account: account('a', { values: answers({ oven: day }) }), ...over })
  it('set now and due in 60 days at most is told first; due on the 61st it is for later', () => {
    expect(chooseReturn(dated('2027-02-07')).card).toMatchObject({
      code: 'REMINDER_SET',
      params: { day: '2027-02-07', dueDay: '2027-01-23', inDays: 60 },
    })
    expect(code(dated('2027-02-08'))).toBe('REMINDER_LATER')
  })
  it('already due is due now', () => {
    expect(chooseReturn(dated('2026-11-30')).card).toMatchObject({
      code: 'REMINDER_SET',
      params: { inDays: 0 },
    })
  })
  it('a day that has passed, or "I do not know", recalls nothing', () => {
    expect(code(dated('2026-11-23'))).toBe('REMINDER_PROGRESS')
    expect(code(dated(null))).toBe('REMINDER_PROGRESS')
  })
  it('known before, it is kept and not told again as done', () => {
    const known = dated('2026-12-20')
    const again = { ...known, localRows: rowsOf({ accounts: [known.account] }) }
    expect(chooseReturn(again)).toMatchObject({ card: { code: 'REMINDER_KEPT' }, alsoDone: [] })
  })
  it('beside a better card, it is also done', () => {
    const both = met(4, {
      fields: [basque, oven],
      account: account('a', { values: answers({ oven: '2026-12-20' }) }),
    })
    const { card, alsoDone } = chooseReturn(both)
    expect(card?.code).toBe('SEGMENT_THRESHOLD')
    expect(alsoDone.map(({ kind }) => kind)).toEqual(['badge', 'reminder'])
  })
})

describe('a comparison', () => {
  const rival = field('rival', { entity: 'report', owner: 'fr', spec: { givebacks: [COMPARISON] } })
  const before = (yes: number, no: number, won = 0) =>
    rowsOf({
      accounts: [account('a')],
      reports: Array.from({ length: yes + no }, (_, i) =>
        report(`r${i}`, 'a', { values: answers({ rival: i < yes }), outcome: i < won ? 'order' : 'none' }),
      ),
    })
  const saying = (localRows: SaveMoment['localRows'], over: Partial<SaveMoment> = {}) =>
    moment({
      fields: [rival],
      report: report('new', 'a', { values: answers({ rival: true }) }),
      localRows,
      ...over,
    })
  const pack = {
    ...EMPTY_PACK,
    asOf: '2026-11-24T05:00:00Z',
    distributions: [
      {
        fieldId: 'rival',
        territoryId: 'na',
        people: 20,
        answered: 1000,
        buckets: { true: { n: 200, won: 0 }, false: { n: 800, won: 0 } },
      },
    ],
  }
  it('counts this very report, says the place, the date of its figures and both intervals', () => {
    expect(chooseReturn(saying(before(29, 10), { pack })).card).toMatchObject({
      code: 'COMPARISON_PLACE_HIGHER',
      params: { hereN: 40, thereN: 1000, hereShare: 0.75, thereShare: 0.2, place: 'Nouvelle-Aquitaine' },
      answer: { kind: 'yes' },
      proof: {
        kind: 'intervals',
        rows: [
          { side: 'here', rate: { k: 30 } },
          { side: 'there', rate: { k: 200 } },
        ],
      },
      partial: false,
      asOf: '2026-11-24T05:00:00Z',
    })
  })
  it('with an empty pack, what is here, and that the region will be added', () => {
    expect(chooseReturn(saying(before(9, 0))).card).toMatchObject({
      code: 'COMPARISON_HERE',
      params: { hereK: 10, hereN: 10 },
      proof: {
        kind: 'bars',
        totals: { here: 10, there: null },
        bars: [{ bucket: 'true', here: 10, there: null, mark: true }],
      },
      partial: true,
    })
  })
  it('too few: how many answers are missing', () => {
    expect(chooseReturn(saying(before(1, 1))).card).toMatchObject({
      code: 'COMPARISON_PROGRESS',
      params: { have: 3, need: 8, missing: 5 },
      evidence: [{ code: 'CASES', n: 3, of: 8 }],
    })
  })
  it('enough answers and none today: ready to compare, never "0 missing"', () => {
    expect(code(saying(before(10, 10), { report: report('new', 'a') }))).toBe('COMPARISON_READY')
  })
  it('clear comes before unclear, unclear before progress, and a due reminder before all three', () => {
    const clear = saying(before(29, 10), { pack })
    const other = field('other', { entity: 'report', owner: 'fr', spec: { givebacks: [COMPARISON] } })
    const oven = field('oven', { entity: 'account', spec: { type: 'date', givebacks: [REMINDER] } })
    expect(code({ ...clear, fields: [other, rival] })).toBe('COMPARISON_PLACE_HIGHER')
    expect(code(saying(before(8, 31), { fields: [other, rival], pack }))).toBe('COMPARISON_PLACE_UNCLEAR')
    expect(
      code({
        ...clear,
        fields: [rival, oven],
        account: account('a', { values: answers({ oven: '2026-12-20' }) }),
      }),
    ).toBe('REMINDER_SET')
  })
})

describe('a badge', () => {
  const age = field('age', { entity: 'report', spec: { type: 'integer', unit: 'ans', givebacks: [BADGE] } })
  const saying = (x: AnswerValue, over: Partial<SaveMoment> = {}) =>
    moment({ fields: [age], report: report('new', 'a', { values: answers({ age: x }) }), ...over })
  it('alone, it is the card, with its fact, and not told twice', () => {
    expect(chooseReturn(saying(9))).toMatchObject({
      card: { code: 'BADGE_ADDED', badge: { parts: { kind: 'number', value: 9 } } },
      alsoDone: [],
    })
  })
  it('amending a report without touching it keeps the badge', () => {
    const old = saying(9)
    expect(code({ ...old, localRows: rowsOf({ accounts: [account('a')], reports: [old.report] }) })).toBe(
      'BADGE_KEPT',
    )
  })
  it('a report of last week filed today does not replace what was said since', () => {
    const newer = report('seen', 'a', { day: '2026-11-20', values: answers({ age: 12 }) })
    const late = saying(9, {
      report: report('new', 'a', { day: '2026-11-17', values: answers({ age: 9 }) }),
      localRows: rowsOf({ accounts: [account('a')], reports: [newer] }),
    })
    expect(chooseReturn(late)).toMatchObject({
      card: { code: 'BADGE_KEPT', badge: { parts: { value: 12 } } },
    })
  })
  it("another contact's badge is not added by this one who does not know", () => {
    const unsure = met(3, {
      fields: [field('basque', { spec: { givebacks: [BADGE] } })],
      contact: contact('peio', 'a', { values: answers({ basque: null }) }),
    })
    expect(chooseReturn(unsure)).toMatchObject({ card: { code: 'BADGE_KEPT' }, alsoDone: [] })
  })
})

describe('between returns of one kind', () => {
  const yes = (id: string, owner: string, entity: 'account' | 'report' = 'account') =>
    field(id, { entity, owner, spec: { givebacks: [SEGMENT] } })
  const card = (of: Partial<SaveMoment>) => chooseReturn(moment(of)).card?.fieldId
  it('what was given now comes before what was known', () => {
    const known = account('b', { values: answers({ x: true, y: true }) })
    const badges = ['x', 'y'].map((id) =>
      field(id, { entity: 'account', owner: 'fr', spec: { givebacks: [COMPARISON] } }),
    )
    const localRows = rowsOf({ accounts: [account('a', { values: answers({ x: true }) }), known] })
    const saved = account('a', { values: answers({ x: true, y: true }) })
    expect(card({ fields: badges, account: saved, localRows })).toBe('y')
  })
  it('the segment that reaches more people comes first', () => {
    const localRows = rowsOf({
      accounts: [account('a'), account('b', { values: answers({ y: true }), email: 'b@x.fr' })],
    })
    const saved = account('a', { values: answers({ x: true, y: true }) })
    expect(card({ fields: [yes('x', 'pb'), yes('y', 'pb')], account: saved, localRows })).toBe('y')
  })
  it('then the nearest level, then the order of the form', () => {
    const saved = account('a', { values: answers({ x: true, y: true, z: true }) })
    expect(card({ fields: [yes('x', 'fr'), yes('y', 'pb'), yes('z', 'pb')], account: saved })).toBe('y')
  })
  it('a day said by a late report is not recalled in place of the one said since', () => {
    const oven = field('oven', { entity: 'report', spec: { type: 'date', givebacks: [REMINDER] } })
    const newer = report('seen', 'a', { day: '2026-11-20', values: answers({ oven: '2026-12-20' }) })
    const late = moment({
      fields: [oven],
      report: report('new', 'a', { day: '2026-11-17', values: answers({ oven: '2026-12-10' }) }),
      localRows: rowsOf({ accounts: [account('a')], reports: [newer] }),
    })
    expect(chooseReturn(late)).toMatchObject({
      card: { code: 'REMINDER_KEPT', params: { day: '2026-12-20' } },
      alsoDone: [],
    })
  })
})

describe('a priority', () => {
  const PRIORITY: Giveback = {
    kind: 'priority',
    visits: [
      { option: 'true', everyDays: 30 },
      { option: 'false', everyDays: 120 },
    ],
  }
  const project = field('project', { entity: 'account', spec: { givebacks: [PRIORITY] } })
  const visited = (x: AnswerValue, over: Partial<SaveMoment> = {}) =>
    moment({
      account: account('a', { lastVisitDay: TODAY, values: answers({ project: x }) }),
      fields: [project],
      ...over,
    })
  it('says when the next visit is, sooner or later than usual', () => {
    expect(chooseReturn(visited(true)).card).toMatchObject({
      kind: 'priority',
      code: 'PRIORITY_SOONER',
      params: { everyDays: 30, usualDays: 60, nextDay: '2026-12-24' },
      answer: { kind: 'yes' },
    })
    expect(code(visited(false))).toBe('PRIORITY_LATER')
  })
  it('known before, it is kept; without an answer nothing changes', () => {
    const known = account('a', { values: answers({ project: true }) })
    expect(code(visited(true, { localRows: rowsOf({ accounts: [known] }) }))).toBe('PRIORITY_KEPT')
    expect(code(visited(null))).toBe('PRIORITY_PROGRESS')
  })
  it('claims no rhythm that another question decides', () => {
    const weekly: Giveback = { kind: 'priority', visits: [{ option: 'true', everyDays: 7 }] }
    const other = field('other', { entity: 'account', spec: { givebacks: [weekly] } })
    const both = visited(true, { fields: [project, other] })
    const values = answers({ project: true, other: true })
    const card = chooseReturn({ ...both, account: { ...both.account, values } }).card
    expect(card).toMatchObject({ fieldId: 'other', code: 'PRIORITY_SOONER', params: { everyDays: 7 } })
  })
})

describe('a trend and an insight', () => {
  const asked = (kind: 'trend' | 'insight') =>
    field('mood', { entity: 'report', spec: { givebacks: [{ kind }] } })
  const filed = (yes: number, ago: number) =>
    Array.from({ length: 40 }, (_, i) =>
      report(`r${ago}-${i}`, 'a', { day: addDays(TODAY, -ago), values: answers({ mood: i < yes }) }),
    )
  const saved = (
    kind: 'trend' | 'insight',
    reports: ReturnType<typeof filed>,
    over: Partial<SaveMoment> = {},
  ) =>
    moment({
      report: report('new', 'a', { values: answers({ mood: true }) }),
      fields: [asked(kind)],
      localRows: rowsOf({ accounts: [account('a')], reports }),
      ...over,
    })
  it('a clear trend is told with its year, an unclear one too, and before that how many answers are missing', () => {
    const clear = chooseReturn(saved('trend', [...filed(36, 4), ...filed(10, 100)])).card
    expect(clear).toMatchObject({
      code: 'TREND_UP',
      params: { lastN: 41, beforeN: 40, beforeShare: 0.25 },
      answer: { kind: 'yes' },
      evidence: [
        { code: 'LAST_DAYS', n: 37, of: 41 },
        { code: 'DAYS_BEFORE', n: 10, of: 40 },
      ],
      proof: { kind: 'line' },
    })
    expect(clear?.proof?.kind === 'line' && clear.proof.shares.filter((share) => share !== null)).toEqual([
      0.25,
      37 / 41,
    ])
    expect(code(saved('trend', [...filed(10, 4), ...filed(36, 100)]))).toBe('TREND_DOWN')
    expect(code(saved('trend', [...filed(20, 4), ...filed(20, 100)]))).toBe('TREND_STEADY')
    expect(chooseReturn(saved('trend', [])).card).toMatchObject({
      code: 'TREND_PROGRESS',
      params: { have: 0, need: 8, missing: 8 },
    })
  })
  it('an answer counts towards what stands out; what stands out already is said first', () => {
    expect(chooseReturn(saved('insight', filed(9, 4))).card).toMatchObject({
      code: 'INSIGHT_PROGRESS',
      params: { have: 41, need: 60, missing: 19 },
    })
    const enough = [...filed(9, 4), ...filed(9, 9)]
    expect(code(saved('insight', enough))).toBe('INSIGHT_COUNTED')
    const insights = [{ question: { id: 'mood', label: { fr: 'mood' } } }] as unknown as NonNullable<
      SaveMoment['pack']['insights']
    >
    expect(code(saved('insight', enough, { pack: { ...EMPTY_PACK, insights } }))).toBe('INSIGHT_FOUND')
  })
})

describe('a return of a later release', () => {
  const later = { kind: 'forecast', horizon: 3 } as unknown as Giveback
  it('is passed over: the others of its question are given as ever', () => {
    const both = field('basque', { spec: { givebacks: [later, BADGE, SEGMENT] } })
    expect(chooseReturn(met(33, { fields: [both] }))).toEqual(chooseReturn(met(33)))
  })
  it('alone gives no card, and breaks nothing', () => {
    const alone = field('basque', { spec: { givebacks: [later] } })
    expect(chooseReturn(met(33, { fields: [alone] }))).toEqual({ card: null, alsoDone: [] })
  })
})
