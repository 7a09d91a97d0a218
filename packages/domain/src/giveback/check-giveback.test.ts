import { describe, expect, it } from 'vitest'
import { FIELD_TYPES, type FieldEntity, type FieldSpec, type Giveback } from '../field/field-spec.ts'
import { type BranchFacts, checkGiveback } from './check-giveback.ts'
import { field } from './fixture.ts'

const FACTS: BranchFacts = {
  reps: 3,
  repsBelow: 3,
  authorsLast60Days: 5,
  reportsLast60Days: 80,
  accountsMetLast60Days: 30,
  contactsMetLast60Days: 20,
  accountsSeenTwiceIn60Days: 6,
  accountsReachable: 100,
  contactsReachable: 80,
}
const GIVEBACKS: Readonly<Record<Giveback['kind'], Giveback>> = {
  badge: { kind: 'badge' },
  trend: { kind: 'trend' },
  insight: { kind: 'insight' },
  comparison: { kind: 'comparison' },
  segment: { kind: 'segment', label: { fr: 'Ceux qui disent oui' }, options: ['true'] },
  reminder: { kind: 'reminder', label: { fr: 'Rappel' }, daysBefore: 15 },
  priority: { kind: 'priority', visits: [{ option: 'true', everyDays: 30 }] },
}
type Over = {
  entity?: FieldEntity
  spec?: Partial<FieldSpec>
  facts?: Partial<BranchFacts>
  giveback?: Giveback
}
const check = (kind: Giveback['kind'], { entity = 'report', spec = {}, facts = {}, giveback }: Over = {}) =>
  checkGiveback(
    giveback ?? GIVEBACKS[kind],
    field('x', { entity, spec: kind === 'reminder' ? { type: 'date', ...spec } : spec }),
    { ...FACTS, ...facts },
  )
const KINDS = ['trend', 'insight', 'badge', 'comparison', 'segment', 'reminder', 'priority'] as const

describe('every return', () => {
  it.each(KINDS)('%s: without anybody to fill it, it does not work', (kind) => {
    expect(check(kind, { facts: { reps: 0 } })).toMatchObject({ working: false, code: 'GIVEBACK_NO_REP' })
    expect(check(kind, { facts: { reps: 1 } })).toMatchObject({ working: true })
  })
  it.each(KINDS)('%s: without a report in 60 days, nobody would receive it', (kind) => {
    expect(check(kind, { facts: { reportsLast60Days: 0 } })).toMatchObject({
      working: false,
      code: 'GIVEBACK_NO_REPORT',
    })
  })
  it.each(KINDS.filter((kind) => kind !== 'trend' && kind !== 'insight'))(
    '%s on contacts: reports that meet no contact give no answer',
    (kind) => {
      expect(check(kind, { entity: 'contact', facts: { contactsMetLast60Days: 0 } })).toMatchObject({
        working: false,
        code: 'GIVEBACK_TOO_FEW_ANSWERS',
      })
    },
  )
  it('a return only goes with types it can be made of', () => {
    const fitting = (kind: Giveback['kind']) =>
      FIELD_TYPES.filter((type) => {
        const verdict = check(kind, { spec: { type, options: [{ id: 'true', label: { fr: 'Oui' } }] } })
        return verdict.working || verdict.code !== 'GIVEBACK_TYPE'
      })
    expect(fitting('badge')).toEqual(FIELD_TYPES.filter((type) => type !== 'long_text'))
    expect(fitting('comparison')).toEqual([
      'yes_no',
      'single_choice',
      'multiple_choice',
      'integer',
      'decimal',
      'money',
      'duration',
      'rating',
      'list_reference',
      'computed',
    ])
    for (const kind of ['trend', 'insight'] as const) expect(fitting(kind)).toEqual(fitting('comparison'))
    expect(fitting('segment')).toEqual(['yes_no', 'single_choice', 'multiple_choice', 'list_reference'])
    expect(fitting('reminder')).toEqual(['date', 'date_time'])
    expect(fitting('priority')).toEqual(['yes_no', 'single_choice', 'multiple_choice'])
  })
  it('comparisons, segments and insights need a reportable question, the others do not', () => {
    const codes = KINDS.map((kind) => {
      const verdict = check(kind, { spec: { reportable: false } })
      return [kind, verdict.working ? 'works' : verdict.code]
    })
    expect(Object.fromEntries(codes)).toEqual({
      badge: 'works',
      comparison: 'GIVEBACK_NOT_REPORTABLE',
      trend: 'works',
      segment: 'GIVEBACK_NOT_REPORTABLE',
      reminder: 'works',
      priority: 'works',
      insight: 'GIVEBACK_NOT_REPORTABLE',
    })
  })
})

describe('badge', () => {
  it('no account seen twice in 60 days: nobody would read it; one is enough', () => {
    expect(check('badge', { facts: { accountsSeenTwiceIn60Days: 0 } })).toEqual({
      working: false,
      code: 'GIVEBACK_NO_SECOND_VISIT',
      params: { reports: 80 },
    })
    expect(check('badge', { facts: { accountsSeenTwiceIn60Days: 1 } })).toEqual({
      working: true,
      evidence: { reps: 3, answers: 80, accountsSeenTwice: 1 },
    })
  })
})

describe('comparison', () => {
  it('with the territory above: five people and eight answers, counted on reports', () => {
    expect(check('comparison', { facts: { authorsLast60Days: 5, reportsLast60Days: 8 } })).toEqual({
      working: true,
      evidence: { reps: 3, people: 5, answers: 8 },
    })
  })
  it('seven answers are too few', () => {
    expect(check('comparison', { facts: { reportsLast60Days: 7 } })).toEqual({
      working: false,
      code: 'GIVEBACK_TOO_FEW_ANSWERS',
      params: { have: 7, need: 8 },
    })
  })
  it('four people with fifteen answers are too few people', () => {
    expect(check('comparison', { facts: { authorsLast60Days: 4, reportsLast60Days: 15 } })).toEqual({
      working: false,
      code: 'GIVEBACK_TOO_FEW_PEOPLE',
      params: { have: 4, need: 5, answers: 15, answersNeed: 16 },
    })
  })
  it("four people with sixteen answers compare outcomes in one's own branch, where people are not counted", () => {
    expect(check('comparison', { facts: { authorsLast60Days: 4, reportsLast60Days: 16 } })).toEqual({
      working: true,
      evidence: { reps: 3, answers: 16 },
    })
  })
  it('asked where every rep has the whole branch, only outcomes can be compared: fifteen answers are too few', () => {
    const sector = { repsBelow: 0, authorsLast60Days: 9 }
    expect(check('comparison', { facts: { ...sector, reportsLast60Days: 15 } })).toMatchObject({
      code: 'GIVEBACK_TOO_FEW_ANSWERS',
      params: { have: 15, need: 16 },
    })
    expect(check('comparison', { facts: { ...sector, reportsLast60Days: 16 } })).toMatchObject({
      working: true,
    })
  })
  it('account and contact fields count those met, not the reports about them', () => {
    expect(check('comparison', { entity: 'account', facts: { accountsMetLast60Days: 7 } })).toMatchObject({
      params: { have: 7 },
    })
    expect(check('comparison', { entity: 'contact', facts: { contactsMetLast60Days: 8 } })).toMatchObject({
      working: true,
    })
  })
})

describe('segment', () => {
  const choice = (options: readonly { id: string; retired?: boolean }[], wanted: string[]) =>
    check('segment', {
      spec: {
        type: 'single_choice',
        options: options.map((option) => ({ ...option, label: { fr: option.id } })),
      },
      giveback: { kind: 'segment', label: { fr: 'S' }, options: wanted },
    })
  it('an option that is not in the question is named', () => {
    expect(choice([{ id: 'a' }], ['a', 'b', 'c'])).toEqual({
      working: false,
      code: 'GIVEBACK_OPTION_UNKNOWN',
      params: { options: 'b, c' },
    })
    expect(
      check('segment', { giveback: { kind: 'segment', label: { fr: 'S' }, options: ['yes'] } }),
    ).toMatchObject({
      code: 'GIVEBACK_OPTION_UNKNOWN',
    })
  })
  it('retired options may be in it, but not alone', () => {
    expect(choice([{ id: 'a' }, { id: 'old', retired: true }], ['a', 'old'])).toMatchObject({ working: true })
    expect(choice([{ id: 'a' }, { id: 'old', retired: true }], ['old'])).toMatchObject({
      code: 'GIVEBACK_OPTION_UNKNOWN',
    })
  })
  it('nobody with an address: a list nobody can write to; one is enough', () => {
    expect(check('segment', { entity: 'contact', facts: { contactsReachable: 0 } })).toMatchObject({
      code: 'GIVEBACK_NOBODY_REACHABLE',
    })
    expect(
      check('segment', { entity: 'contact', facts: { contactsReachable: 1, accountsReachable: 0 } }),
    ).toMatchObject({ working: true })
  })
  it('account and report fields reach the accounts themselves', () => {
    for (const entity of ['account', 'report'] as const) {
      expect(check('segment', { entity, facts: { accountsReachable: 0 } })).toMatchObject({
        code: 'GIVEBACK_NOBODY_REACHABLE',
      })
      expect(check('segment', { entity, facts: { contactsReachable: 0 } })).toMatchObject({ working: true })
    }
  })
})

describe('priority', () => {
  const visits = (...options: string[]): Giveback => ({
    kind: 'priority',
    visits: options.map((option) => ({ option, everyDays: 30 })),
  })
  const spec: Partial<FieldSpec> = {
    type: 'single_choice',
    options: [
      { id: 'strong', label: { fr: 'Fort' } },
      { id: 'weak', label: { fr: 'Faible' }, retired: true },
    ],
  }
  it('works as soon as somebody answers, and names answers that can be given', () => {
    expect(check('priority', { spec, giveback: visits('strong', 'weak') })).toMatchObject({ working: true })
    expect(check('priority', { spec, giveback: visits('strong', 'other') })).toMatchObject({
      code: 'GIVEBACK_OPTION_UNKNOWN',
      params: { options: 'other' },
    })
  })
  it('its answers all retired, nobody can receive it any more', () => {
    expect(check('priority', { spec, giveback: visits('weak') })).toMatchObject({
      code: 'GIVEBACK_OPTION_UNKNOWN',
    })
  })
})

describe('trend and insight', () => {
  it('a trend takes 16 answers in 60 days, two steps of eight; an insight 60, thirty a side', () => {
    for (const [kind, need] of [
      ['trend', 16],
      ['insight', 60],
    ] as const) {
      expect(check(kind, { facts: { reportsLast60Days: need } })).toMatchObject({ working: true })
      expect(check(kind, { facts: { reportsLast60Days: need - 1 } })).toMatchObject({
        code: 'GIVEBACK_TOO_FEW_ANSWERS',
        params: { have: need - 1, need },
      })
    }
  })
  it('a trend is of reports alone, and nothing stands out of contacts', () => {
    expect(check('trend', { entity: 'account' })).toMatchObject({ code: 'GIVEBACK_ENTITY' })
    expect(check('insight', { entity: 'contact' })).toMatchObject({ code: 'GIVEBACK_ENTITY' })
    expect(check('insight', { entity: 'account', facts: { accountsMetLast60Days: 60 } })).toMatchObject({
      working: true,
    })
  })
})
