import { describe, expect, it } from 'vitest'
import type { TreeStep } from '../territory/tree-step.ts'
import type { LiveFacts } from './facts.ts'
import { DAYS, LIVE, ON } from './fixture.ts'
import { questionsOf, rightsOf } from './follow.ts'
import { figuresOf, placesOf } from './outlook.ts'
import { project } from './project.ts'

const after = (...steps: TreeStep[]) => project(LIVE, [{ id: 'g', steps }], ON)
const mergeBasque: TreeStep = { of: 'merge', territoryId: 'basque', intoId: 'marsan' }
const moveBasque: TreeStep = { of: 'move', territoryId: 'basque', parentId: 'landes' }
const coast: TreeStep[] = [
  { of: 'create', id: 'coast', parentId: 'pyrenees', rank: 3, name: 'Côte', code: null },
  { of: 'rehome', fromId: 'basque', toId: 'coast', rule: { by: 'towns', towns: ['Bayonne'] } },
  {
    of: 'assign',
    id: 'x',
    membershipId: 'ana',
    territoryId: 'coast',
    role: 'rep',
    validFrom: '2027-03-01',
    validTo: null,
  },
]

describe('the load of a territory before and after', () => {
  it('is that of its whole branch, with what a report asks there', () => {
    const places = placesOf(LIVE, after(moveBasque), DAYS)
    expect(places.get('pyrenees')).toMatchObject({
      before: { accounts: 4 },
      after: { accounts: 1 },
      change: 'shrunk',
    })
    expect(places.get('landes')).toMatchObject({
      before: { accounts: 2 },
      after: { accounts: 5 },
      change: 'grown',
    })
    expect(places.get('aquitaine')).toMatchObject({
      before: { accounts: 6 },
      after: { accounts: 6 },
      change: null,
    })
    expect(places.get('basque')).toMatchObject({
      before: { visitsDue: 1, reports: 6, seconds: 20, reps: ['maya'] },
      after: { visitsDue: 1, reports: 6, seconds: 24, reps: ['maya'] },
      change: 'moved',
    })
  })

  it('says which are new, merged and closed', () => {
    const split = placesOf(LIVE, after(...coast), DAYS)
    expect(split.get('coast')).toMatchObject({
      before: null,
      after: { accounts: 2, reps: ['ana'] },
      change: 'new',
    })
    expect(split.get('basque')).toMatchObject({ after: { accounts: 1 }, change: 'shrunk' })
    const merged = placesOf(LIVE, after(mergeBasque), DAYS)
    expect(merged.get('basque')).toMatchObject({ after: null, change: 'closed' })
    expect(merged.get('marsan')).toMatchObject({
      after: { accounts: 5, reps: ['maya', 'rose'] },
      change: 'merged',
    })
  })

  it('counts accounts that other reps would visit, and compares the most and the least laden', () => {
    expect(figuresOf(LIVE, after(...coast), DAYS)).toEqual({
      accounts: 6,
      changing: 2,
      heaviest: { before: 3, after: 2 },
      spread: { before: 3, after: 2 },
      entry: { before: (3 * 20 + 15 + 2 * 19) / 6, after: (20 + 2 * 15 + 15 + 2 * 19) / 6 },
    })
  })

  it('a rep of two territories carries both', () => {
    const both: TreeStep = {
      of: 'assign',
      id: 'x',
      membershipId: 'maya',
      territoryId: 'bearn',
      role: 'rep',
      validFrom: '2027-03-01',
      validTo: null,
    }
    expect(figuresOf(LIVE, after(both), DAYS).heaviest).toEqual({ before: 3, after: 3.5 })
  })

  it('a move alone puts no account into other hands', () => {
    expect(figuresOf(LIVE, after(moveBasque), DAYS).changing).toBe(0)
  })
})

describe('what follows by itself', () => {
  it('questions of the line that is left are lost, those of the new one gained, its own kept', () => {
    const said = questionsOf(LIVE, after(moveBasque)).map(({ kind, fieldId, accounts }) => [
      kind,
      fieldId,
      accounts,
    ])
    expect(said).toEqual([
      ['lost', 'mountain', 3],
      ['gained', 'pines', 3],
      ['kept', 'surf', 3],
      ['kept', 'speaksBasque', 3],
    ])
  })

  it('a question goes with the territory that is merged into another', () => {
    expect(questionsOf(LIVE, after(mergeBasque))).toContainEqual({
      fieldId: 'speaksBasque',
      label: { fr: 'speaksBasque' },
      kind: 'gained',
      accounts: 2,
      places: ['marsan'],
    })
  })

  it('two questions that are read as one are asked still, not lost and asked anew', () => {
    const mood = (id: string) => ({
      ...LIVE.questions[0],
      id,
      key: 'mood',
      label: { fr: 'Humeur' },
      territoryId: id,
    })
    const live = { ...LIVE, questions: [mood('basque'), mood('marsan')] } as LiveFacts
    const merging = (how: 'one' | 'keep'): TreeStep => ({
      ...mergeBasque,
      clashes: [{ how, fieldId: 'marsan', others: ['basque'], maps: {} }],
    })
    const said = (step: TreeStep) =>
      questionsOf(live, project(live, [{ id: 'g', steps: [step] }], ON)).map(
        ({ kind, fieldId, accounts }) => [kind, fieldId, accounts],
      )
    expect(said(merging('one'))).toEqual([['kept', 'marsan', 3]])
    expect(said(merging('keep'))).toEqual([
      ['lost', 'basque', 3],
      ['gained', 'marsan', 3],
    ])
  })

  it('so are three that are read as one after the other, in whichever words', () => {
    const asks = (id: string) => ({
      ...LIVE.questions[0],
      id,
      key: 'mood',
      label: { fr: 'Humeur' },
      territoryId: id,
    })
    const live = { ...LIVE, questions: ['basque', 'bearn', 'marsan'].map(asks) } as LiveFacts
    const one = (madeId: string, fieldId: string, other: string) => [
      { how: 'one' as const, fieldId, others: [other], maps: {}, madeId },
    ]
    for (const [kept, other] of [
      ['marsan', 'M'],
      ['M', 'marsan'],
    ] as const) {
      const steps: TreeStep[] = [
        { of: 'merge', territoryId: 'basque', intoId: 'bearn', clashes: one('M', 'bearn', 'basque') },
        { of: 'merge', territoryId: 'bearn', intoId: 'marsan', clashes: one('N', kept, other) },
      ]
      const said = questionsOf(live, project(live, [{ id: 'g', steps }], ON))
      expect(said.map(({ kind, fieldId }) => [kind, fieldId])).toEqual([
        ['kept', kept === 'M' ? 'bearn' : 'marsan'],
      ])
    }
  })

  it('rights follow the tree: who reads accounts anew, and who does no more', () => {
    expect(rightsOf(LIVE, after(moveBasque), DAYS)).toEqual([
      {
        membershipId: 'forester',
        name: 'forester',
        role: 'manager',
        gained: { accounts: 3, places: ['basque'] },
        lost: { accounts: 0, places: [] },
      },
      {
        membershipId: 'local',
        name: 'local',
        role: 'manager',
        gained: { accounts: 0, places: [] },
        lost: { accounts: 3, places: ['basque'] },
      },
    ])
  })

  it('a split hands accounts from one rep to the other', () => {
    const rights = rightsOf(LIVE, after(...coast), DAYS)
    expect(
      rights.map(({ membershipId, gained, lost }) => [membershipId, gained.accounts, lost.accounts]),
    ).toEqual([
      ['ana', 2, 0],
      ['maya', 0, 2],
    ])
  })
})
