import { keyOf } from '../field/plan-publish.ts'
import { asChosen, type ClashChoice, choiceFor, namedIn, type ReadAsOne } from '../territory/clash-choice.ts'
import { clashesOf, type Meets } from '../territory/fields-meet.ts'
import { isMeeting, type MeetingStep, type TreeStep } from '../territory/tree-step.ts'
import type { LiveFacts, OwnedQuestion } from './facts.ts'

/** A question where the draft has it. */
export type DraftQuestion = OwnedQuestion & {
  /** An earlier step makes it of several: it bears the id of its choice. Null of a live one. */
  readonly made: Made | null
}

/** What a question is made of: where it comes to be, and the questions as they stand then. */
export type Made = {
  readonly choice: ReadAsOne
  readonly territoryId: string
  readonly of: readonly DraftQuestion[]
}

/** The live question whose words a question has: itself, where it is live. */
export function wordsOf(question: DraftQuestion): DraftQuestion {
  const { made } = question
  const kept = made?.of.find(({ id }) => id === made.choice.fieldId)
  return kept ? wordsOf(kept) : question
}

/** It was chosen before choices gave an id: no choice can name it. */
export const isNameless = ({ made }: DraftQuestion): boolean =>
  made !== null && made.choice.madeId === undefined

/** Questions that a step makes clash, and what was chosen for them; null while nothing is that fits them. */
export type DraftClash = {
  /** Those that come first, those that are asked there already last. */
  readonly questions: readonly DraftQuestion[]
  readonly choice: ClashChoice | null
}

export type StepMeeting = {
  /** Before anything is chosen. */
  readonly clashes: readonly DraftClash[]
  /** What would clash all the same, once the step has done what was chosen. */
  readonly open: readonly (readonly DraftQuestion[])[]
  /** Choices for questions that do not clash, or whose clash has others by now. */
  readonly stale: readonly ClashChoice[]
}

const NOTHING: StepMeeting = { clashes: [], open: [], stale: [] }

type Field = {
  readonly definition: {
    readonly id: string
    readonly entity: OwnedQuestion['entity']
    readonly key: string
    readonly retired: boolean
    readonly spec: { readonly label: OwnedQuestion['label'] }
  }
  readonly question: DraftQuestion
  readonly names: readonly string[]
}

/**
 * Which questions clash at each of some steps that can all be taken, in the tree and with the questions that those before
 * have left: as `meetingOf` and `placeBranches` find them when the steps are applied. What an earlier step makes of several
 * is named by the id that its choice gives it. Answers the live questions too as they are asked in the end, each under its own id.
 */
export function meetingsAlong(
  live: Pick<LiveFacts, 'tree' | 'questions'>,
  steps: readonly TreeStep[],
): { readonly meetings: readonly StepMeeting[]; readonly asked: (one: OwnedQuestion) => OwnedQuestion[] } {
  const doubtful = alikeSomewhere(live.questions, steps)
  const course = new Course(
    live.tree,
    live.questions.filter((one) => doubtful.has(one.id)),
  )
  const meetings = steps.map((step) => course.take(step))
  return {
    meetings,
    asked: ({ id, ...one }) =>
      doubtful.has(id)
        ? course.questions().flatMap((asked) => (wordsOf(asked).id === id ? [{ ...asked, id }] : []))
        : [{ ...one, id }],
  }
}

/** Questions that could ever clash: another has their key or words, or is given them. */
function alikeSomewhere(
  questions: readonly OwnedQuestion[],
  steps: readonly TreeStep[],
): ReadonlySet<string> {
  const given = steps.flatMap((step) => (isMeeting(step) ? namesGiven(step.clashes ?? []) : []))
  const seen = new Map(given.map((name) => [name, 1]))
  const named = questions.map((question) => ({ id: question.id, names: namesOf(question) }))
  for (const name of named.flatMap(({ names }) => names)) seen.set(name, (seen.get(name) ?? 0) + 1)
  return new Set(
    named.filter(({ names }) => names.some((name) => (seen.get(name) ?? 0) > 1)).map(({ id }) => id),
  )
}

/** Questions that clash have one of these in common. */
const namesOf = ({ key, label }: OwnedQuestion): string[] => [`key ${key}`, `words ${keyOf(label.fr)}`]

const namesGiven = (choices: readonly ClashChoice[]): string[] =>
  choices.flatMap((choice) =>
    choice.how === 'apart' ? [`key ${keyOf(choice.label.fr)}`, `words ${keyOf(choice.label.fr)}`] : [],
  )

/** Where territories and questions are while steps are taken. */
class Course {
  readonly #places: Map<string, { readonly parentId: string | null; readonly closed: boolean }>
  #fields: readonly Field[]

  constructor(tree: LiveFacts['tree'], questions: readonly OwnedQuestion[]) {
    this.#places = new Map(tree.map(({ id, parentId, closed }) => [id, { parentId, closed }]))
    this.#fields = questions.map((question) => fieldOf({ ...question, made: null }))
  }

  questions(): DraftQuestion[] {
    return this.#fields.map(({ question }) => question)
  }

  take(step: TreeStep): StepMeeting {
    const meeting = isMeeting(step) ? this.#meet(step) : NOTHING
    this.#place(step)
    return meeting
  }

  #place(step: TreeStep): void {
    switch (step.of) {
      case 'create':
        this.#places.set(step.id, { parentId: step.parentId, closed: false })
        break
      case 'move':
        this.#places.set(step.territoryId, { parentId: step.parentId, closed: false })
        break
      case 'merge': {
        const { territoryId, intoId } = step
        for (const [id, { parentId, closed }] of this.#places)
          if (parentId === territoryId && !closed) this.#places.set(id, { parentId: intoId, closed })
        this.#close(territoryId, true)
        this.#fields = this.#fields.map((field) =>
          field.question.territoryId === territoryId
            ? fieldOf({ ...field.question, territoryId: intoId })
            : field,
        )
        break
      }
      case 'close':
      case 'reopen':
        this.#close(step.territoryId, step.of === 'close')
        break
      default:
    }
  }

  #close(id: string, closed: boolean): void {
    const place = this.#places.get(id)
    if (place) this.#places.set(id, { ...place, closed })
  }

  /** From a territory up to the root. */
  #line(id: string): string[] {
    const parentId = this.#places.get(id)?.parentId
    return [id, ...(parentId == null ? [] : this.#line(parentId))]
  }

  #meet(step: MeetingStep): StepMeeting {
    const choices = step.clashes ?? []
    if (this.#fields.length === 0 && choices.length === 0) return NOTHING
    const { own, near, meets } = this.#sidesOf(step)
    const clashes = clashesOf(own, near, meets).map((fields) => ({
      fields,
      choice: fields.some(({ question }) => isNameless(question))
        ? null
        : (choiceFor(fields, choices) ?? null),
    }))
    const chosen = clashes.flatMap(({ choice }) => choice ?? [])
    const open = clashesOf(asChosen(own, chosen), asChosen(near, chosen), meets)
    for (const { fields, choice } of clashes) if (choice) this.#settle(step, fields, choice)
    return {
      clashes: clashes.map(({ fields, choice }) => ({ questions: questionsOf(fields), choice })),
      open: open.map(questionsOf),
      stale: choices.filter((choice) => !chosen.includes(choice)),
    }
  }

  /** Questions that come, those that are there, and which of them will be asked of the same accounts. */
  #sidesOf(step: MeetingStep): {
    readonly own: readonly Field[]
    readonly near: readonly Field[]
    readonly meets: Meets<Field>
  } {
    const fromId = step.territoryId
    const toId = step.of === 'merge' ? step.intoId : step.parentId
    const lines = new Map(this.#fields.map(({ question }) => [question, this.#line(question.territoryId)]))
    const isWithin = (id: string, { question }: Field) => (lines.get(question) ?? []).includes(id)
    const before = this.#line(fromId)
    const joined = this.#line(toId).filter((id) => !before.includes(id))
    const [own, rest] = [
      this.#fields.filter((field) => isWithin(fromId, field)),
      this.#fields.filter((field) => !isWithin(fromId, field)),
    ]
    const isAbove = ({ question }: Field) => joined.includes(question.territoryId)
    const given = namesGiven(step.clashes ?? [])
    if (step.of === 'move') return { ...likely(own, rest.filter(isAbove), given), meets: () => true }
    const there = rest.filter((field) => isAbove(field) || isWithin(toId, field))
    return {
      ...likely(own, there, given),
      meets: (one, other) =>
        one.question.territoryId === fromId || other.question.territoryId === toId || !isWithin(toId, other),
    }
  }

  /** What is read as one is asked at the highest place among the questions, under the words that are kept. */
  #settle(step: MeetingStep, clash: readonly Field[], choice: ClashChoice): void {
    const ids = namedIn(choice)
    const kept = clash.find(({ question }) => question.id === choice.fieldId)?.question
    if (choice.how === 'apart') {
      const { label } = choice
      this.#fields = this.#fields.map((field) =>
        field.question.id === choice.fieldId
          ? fieldOf({ ...field.question, label, key: keyOf(label.fr) })
          : field,
      )
      return
    }
    const stays = choice.how === 'keep' ? kept : kept && this.#make(step, clash, { choice, kept })
    this.#fields = [
      ...this.#fields.filter(({ question }) => !ids.has(question.id)),
      ...(stays ? [fieldOf(stays)] : []),
    ]
  }

  #make(
    step: MeetingStep,
    clash: readonly Field[],
    { choice, kept }: { readonly choice: ReadAsOne; readonly kept: DraftQuestion },
  ): DraftQuestion {
    const of = clash.map(({ question }) =>
      step.of === 'merge' && question.territoryId === step.territoryId
        ? { ...question, territoryId: step.intoId }
        : question,
    )
    const first = step.of === 'merge' ? step.intoId : (of.at(-1)?.territoryId ?? '')
    const territoryId = of.reduceRight(
      (top, owner) => (this.#line(top).includes(owner.territoryId) ? owner.territoryId : top),
      first,
    )
    return { ...kept, id: choice.madeId ?? kept.id, territoryId, made: { choice, territoryId, of } }
  }
}

/** Of two large branches only the questions that may clash are compared one by one. */
function likely(own: readonly Field[], near: readonly Field[], given: readonly string[]) {
  const among = (fields: readonly Field[], others: readonly Field[]) => {
    const names = new Set([...others.flatMap((field) => field.names), ...given])
    return fields.filter((field) => field.names.some((name) => names.has(name)))
  }
  return { own: among(own, near), near: among(near, own) }
}

const questionsOf = (fields: readonly Field[]): DraftQuestion[] => fields.map(({ question }) => question)

const fieldOf = (question: DraftQuestion): Field => ({
  definition: {
    id: question.id,
    entity: question.entity,
    key: question.key,
    retired: false,
    spec: { label: question.label },
  },
  question,
  names: namesOf(question),
})
