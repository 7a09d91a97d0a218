import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ClashChoice } from '../territory/clash-choice.ts'
import type { TreeStep } from '../territory/tree-step.ts'
import type { OwnedQuestion } from './facts.ts'
import { LIVE, ON } from './fixture.ts'
import { isNameless, meetingsAlong, type StepMeeting, wordsOf } from './meetings.ts'
import { type Projection, project } from './project.ts'

/** The same question of one territory: its id is the place. */
const ask = (territoryId: string, words = 'Humeur'): OwnedQuestion => ({
  id: territoryId,
  key: words.toLowerCase(),
  entity: 'report',
  label: { fr: words },
  territoryId,
  seconds: 4,
})
const live = (...questions: readonly OwnedQuestion[]) => ({ ...LIVE, questions })
const merge = (territoryId: string, intoId: string, ...clashes: ClashChoice[]): TreeStep => ({
  of: 'merge',
  territoryId,
  intoId,
  clashes,
})
const move = (territoryId: string, parentId: string, ...clashes: ClashChoice[]): TreeStep => ({
  of: 'move',
  territoryId,
  parentId,
  clashes,
})
const keep = (fieldId: string, ...others: string[]): ClashChoice => ({ how: 'keep', fieldId, others })
const one = (fieldId: string, ...others: string[]) => ({ how: 'one' as const, fieldId, others, maps: {} })
/** The same with an id for the question that it makes. */
const making = (madeId: string, fieldId: string, ...others: string[]): ClashChoice => ({
  ...one(fieldId, ...others),
  madeId,
})
const apart = (fieldId: string, fr: string, ...others: string[]): ClashChoice => ({
  how: 'apart',
  fieldId,
  others,
  label: { fr },
})
const ids = ({ clashes }: StepMeeting) => clashes.map(({ questions }) => questions.map(({ id }) => id))
const open = ({ open }: StepMeeting) => open.map((questions) => questions.map(({ id }) => id))
const along = (questions: readonly OwnedQuestion[], ...steps: TreeStep[]) =>
  meetingsAlong(live(...questions), steps).meetings
const asked = ({ carried }: Projection) => carried.questions.map(({ id }) => id)

describe('questions that the steps of a draft make clash', () => {
  it('are those of what comes and of what it comes to, each in the order in which the merge names them', () => {
    const [meeting] = along([ask('basque'), ask('bearn'), ask('marsan')], merge('basque', 'bearn'))
    expect(meeting && ids(meeting)).toEqual([['basque', 'bearn']])
    expect(meeting && open(meeting)).toEqual([['basque', 'bearn']])
  })

  it('of a branch that moves are only those of the levels that it joins', () => {
    const questions = [ask('basque'), ask('landes'), ask('marsan'), ask('pyrenees', 'Autre')]
    expect(along(questions, move('basque', 'landes')).map(ids)).toEqual([[['basque', 'landes']]])
    expect(along([ask('basque'), ask('aquitaine')], move('basque', 'landes')).map(ids)).toEqual([[]])
  })

  it('do not clash below the one and below the other', () => {
    expect(along([ask('basque'), ask('marsan')], merge('pyrenees', 'landes')).map(ids)).toEqual([[]])
    expect(along([ask('pyrenees'), ask('marsan')], merge('pyrenees', 'landes')).map(ids)).toEqual([
      [['pyrenees', 'marsan']],
    ])
  })

  it('are found where the steps before have put them, territories that these make included', () => {
    const soule: TreeStep = {
      of: 'create',
      id: 'soule',
      parentId: 'landes',
      rank: 3,
      name: 'Soule',
      code: null,
    }
    const questions = [ask('basque'), ask('landes'), ask('bearn')]
    expect(along(questions, soule, merge('basque', 'soule')).map(ids)).toEqual([[], [['basque', 'landes']]])
    expect(
      along([ask('basque'), ask('marsan')], merge('basque', 'bearn'), merge('bearn', 'marsan')).map(ids),
    ).toEqual([[], [['basque', 'marsan']]])
  })

  it('are settled by a choice that names them all, whose effect later steps meet', () => {
    const questions = [ask('basque'), ask('bearn'), ask('marsan')]
    const [first, second] = along(
      questions,
      merge('basque', 'bearn', keep('basque', 'bearn')),
      merge('bearn', 'marsan'),
    )
    expect(first && open(first)).toEqual([])
    expect(second && ids(second)).toEqual([['basque', 'marsan']])
    const renamed = along(
      questions,
      merge('basque', 'bearn', apart('basque', 'Climat', 'bearn')),
      merge('bearn', 'marsan'),
    )
    expect(renamed.map(open)).toEqual([[], [['bearn', 'marsan']]])
  })

  it('go on clashing under a new name that one of theirs, or another there, has', () => {
    const questions = [ask('basque'), ask('bearn'), ask('pyrenees', 'Climat')]
    const [same] = along(questions, merge('basque', 'bearn', apart('basque', 'HUMEUR', 'bearn')))
    const [third] = along(
      [ask('basque'), ask('landes'), { ...ask('marsan', 'Climat'), territoryId: 'landes' }],
      move('basque', 'landes', apart('basque', 'climat', 'landes')),
    )
    expect(third && open(third)).toEqual([['basque', 'marsan']])
    expect(same?.stale).toEqual([])
    expect(same && open(same)).toEqual([['basque', 'bearn']])
  })

  it('leave a choice stale once they are others, or none', () => {
    const choice = keep('bearn', 'basque')
    const [other] = along([ask('basque'), ask('bearn'), ask('pyrenees')], merge('basque', 'bearn', choice))
    expect(other).toMatchObject({ stale: [] })
    const [joined] = along([ask('basque'), ask('bearn'), ask('landes')], move('basque', 'landes', choice))
    expect(joined && ids(joined)).toEqual([['basque', 'landes']])
    expect(joined).toMatchObject({ stale: [choice], clashes: [{ choice: null }] })
    const [none] = along([ask('basque')], merge('basque', 'bearn', choice))
    expect(none).toMatchObject({ stale: [choice], clashes: [], open: [] })
  })

  it('include the one that an earlier step makes of several; without an id nothing can be chosen for it', () => {
    const [, second] = along(
      [ask('basque'), ask('bearn'), ask('marsan')],
      merge('basque', 'bearn', one('bearn', 'basque')),
      merge('bearn', 'marsan', keep('marsan', 'bearn')),
    )
    expect(second && open(second)).toEqual([['bearn', 'marsan']])
    expect(second?.clashes[0]).toMatchObject({ choice: null })
    expect(second?.clashes[0]?.questions.map(isNameless)).toEqual([true, false])
    expect(second?.stale).toHaveLength(1)
  })
})

describe('a question that a step makes of several', () => {
  const questions = [ask('basque'), ask('bearn'), ask('marsan')]
  const first = merge('basque', 'bearn', making('M', 'bearn', 'basque'))
  const then = (...clashes: ClashChoice[]) => along(questions, first, merge('bearn', 'marsan', ...clashes))

  it('is named by the id of its choice, whatever is chosen for it then', () => {
    expect(then().map(ids)).toEqual([[['basque', 'bearn']], [['M', 'marsan']]])
    for (const choice of [
      keep('M', 'marsan'),
      keep('marsan', 'M'),
      apart('M', 'Climat', 'marsan'),
      making('N', 'marsan', 'M'),
    ])
      expect(then(choice)[1]).toMatchObject({ open: [], stale: [], clashes: [{ choice }] })
  })

  it('is not what it is made of: a choice that names one of these is stale', () => {
    const [, second] = then(keep('marsan', 'bearn'))
    expect(second).toMatchObject({ stale: [keep('marsan', 'bearn')], clashes: [{ choice: null }] })
  })

  it('is gone once its choice is taken back, or another: what names it is stale, and holds again once it is put back', () => {
    const later = merge('bearn', 'marsan', making('N', 'marsan', 'M'))
    for (const clashes of [[], [keep('bearn', 'basque')], [making('M2', 'bearn', 'basque')]]) {
      const [, second] = along(questions, merge('basque', 'bearn', ...clashes), later)
      expect(second?.stale).toHaveLength(1)
      expect(second?.open).toHaveLength(1)
    }
    expect(along(questions, later)[0]?.stale).toHaveLength(1)
    expect(along(questions, first, later)[1]).toMatchObject({ open: [], stale: [] })
  })

  it('passes with its territory, and keeps its id under a new name', () => {
    const [, second, third] = along(
      [...questions, ask('landes', 'Climat')],
      first,
      merge('bearn', 'marsan', apart('M', 'Climat couvert', 'marsan')),
      merge('marsan', 'pyrenees'),
    )
    expect(second).toMatchObject({ open: [], stale: [] })
    expect(third).toMatchObject({ open: [], stale: [] })
    const [, moved] = along(
      [ask('basque'), ask('bearn'), ask('landes')],
      first,
      move('bearn', 'landes', keep('landes', 'M')),
    )
    expect(moved).toMatchObject({ open: [], stale: [] })
  })

  it('however long the chain, is asked in the end as one, in the words that were kept last', () => {
    const places = ['basque', 'bearn', 'marsan', 'landes', 'pyrenees'] as const
    fc.assert(
      fc.property(
        fc.shuffledSubarray([...places], { minLength: 2 }),
        fc.array(fc.boolean(), { minLength: 5, maxLength: 5 }),
        ([start = '', ...rest], keepsMade) => {
          // All beside each other, so that any may be merged with any.
          const tree = [
            { ...LIVE.tree[0], id: 'root', parentId: null },
            ...places.map((id) => ({ ...LIVE.tree[0], id, parentId: 'root' })),
          ] as (typeof LIVE)['tree']
          const asked = [start, ...rest].map((place) => ask(place))
          const steps = rest.map((into, at) => {
            const [from, near] = [at === 0 ? start : `M${at - 1}`, into]
            const [kept, other] = keepsMade[at] ? [from, near] : [near, from]
            return merge(at === 0 ? start : (rest[at - 1] ?? ''), into, making(`M${at}`, kept, other))
          })
          const { meetings, asked: inTheEnd } = meetingsAlong({ tree, questions: asked }, steps)
          for (const meeting of meetings) expect(meeting).toMatchObject({ open: [], stale: [] })
          const last = rest.findLastIndex((_, at) => !keepsMade[at])
          const words = last === -1 ? start : rest[last]
          expect(asked.flatMap(inTheEnd)).toMatchObject([{ id: words, territoryId: rest.at(-1) }])
          for (const { clashes } of meetings)
            for (const question of clashes.flatMap((clash) => clash.questions))
              expect(asked.map(({ id }) => id)).toContain(wordsOf(question).id)
        },
      ),
    )
  })
})

describe('a draft whose questions clash', () => {
  const drafted = (...clashes: ClashChoice[]) =>
    project(
      live(ask('basque'), ask('bearn'), ask('landes', 'Pins')),
      [{ id: 'g', steps: [merge('basque', 'bearn', ...clashes)] }],
      ON,
    )

  it('applies all the same, and says that something is to be chosen', () => {
    expect(drafted().outcomes).toMatchObject([{ kind: 'applies' }])
    expect(drafted().meetings.map(({ open }) => open.length)).toEqual([1])
  })

  it('asks in the end what was chosen', () => {
    expect(asked(drafted())).toEqual(['basque', 'bearn', 'landes'])
    expect(asked(drafted(keep('bearn', 'basque')))).toEqual(['bearn', 'landes'])
    expect(asked(drafted(one('basque', 'bearn')))).toEqual(['basque', 'landes'])
    const renamed = drafted(apart('basque', 'Climat', 'bearn')).carried.questions
    expect(renamed.map(({ label }) => label.fr)).toEqual(['Climat', 'Humeur', 'Pins'])
  })

  it('whatever is asked where, keeping one of each clash leaves nothing open, and nothing stale', () => {
    const places = LIVE.tree.map(({ id }) => id)
    const steps = [
      fc.constantFrom('basque', 'bearn', 'pyrenees').map((from) => merge(from, 'landes')),
      fc.constantFrom('basque', 'bearn').map((from) => merge(from, 'marsan')),
      fc.constant(move('marsan', 'pyrenees')),
    ]
    fc.assert(
      fc.property(fc.subarray(places), fc.oneof(...steps), (owners, step) => {
        const questions = owners.map((place) => ask(place))
        const [bare] = along(questions, step)
        const choices = (bare?.clashes ?? []).flatMap(({ questions: [first, ...rest] }) =>
          first ? [keep(first.id, ...rest.map(({ id }) => id))] : [],
        )
        const [settled] = along(questions, { ...step, clashes: choices } as TreeStep)
        expect(settled).toMatchObject({ open: [], stale: [] })
      }),
    )
  })
})
