import type { Localised } from '@fieldback/domain/field/field-spec'
import type { ToldStep } from '@fieldback/domain/scenario/told'
import type { Formats } from './format.ts'
import type { MessageValues } from './icu.ts'

export type StepWords = {
  /** Of `gestures.told` in the namespace `scenario`. */
  readonly text: (key: StepKey, values?: MessageValues) => string
  readonly formats: Pick<Formats, 'list'>
  readonly label: (label: Localised) => string
}
type StepKey =
  | Exclude<ToldStep['of'], 'rehome'>
  | 'split'
  | 'madeOf'
  | 'gathered'
  | 'gatheredSome'
  | 'all'
  | 'towns'
  | 'answer'
  | 'street'
  | 'some'
  | 'gone'
  | 'someone'

const TOWNS_TOLD = 3

/** What the steps of a gesture do together, in one line. */
export const toldSteps = (told: readonly ToldStep[], words: StepWords): string =>
  toldTogether(told, tellers(words))

type Tell = ReturnType<typeof tellers>
type Rehome = Extract<ToldStep, { of: 'rehome' }>

/** A territory that is made, and the accounts or the territories that pass to it, are one split. */
function toldTogether(told: readonly ToldStep[], tell: Tell): string {
  const [made, ...after] = told
  if (made?.of !== 'create') return told.map(tell.step).join(', ')
  const [passed, ...rest] = after
  const gathered = after.flatMap((step) => (step.of === 'rehome' && step.to === made.name ? [step] : []))
  const rules = new Set(gathered.map((step) => `${step.by} ${tell.meant(step)}`))
  // By one rule out of a territory and all that lies below it: it is said once.
  if (passed?.of === 'rehome' && gathered.length > 1 && rules.size === 1)
    return [
      tell.gathered(made, passed),
      ...after.filter((step) => step.of !== 'rehome' || step.to !== made.name).map(tell.step),
    ].join(', ')
  if (passed?.of === 'rehome') return [tell.split(passed.from, made.name), ...rest.map(tell.step)].join(', ')
  const moved = after.flatMap((step) => (step.of === 'move' && step.parent === made.name ? [step.name] : []))
  if (moved.length === 0) return told.map(tell.step).join(', ')
  return [tell.madeOf(made.name, moved), ...after.slice(moved.length).map(tell.step)].join(', ')
}

function tellers({ text, formats, label }: StepWords) {
  const named = (name: string) => name || text('gone')
  const person = (name: string) => name || text('someone')
  const split = (from: string, name: string) => text('split', { from: named(from), name })
  const madeOf = (name: string, places: readonly string[]) =>
    text('madeOf', { name, places: formats.list(places.map(named)) })
  /** Which accounts, where their rule has a name. */
  const meant = (told: Rehome): string | null => {
    const shown = told.towns.slice(0, TOWNS_TOLD)
    if (told.by === 'towns')
      return told.towns.length > TOWNS_TOLD ? `${shown.join(', ')}…` : formats.list(shown)
    if (told.by === 'answer') return told.question && label(told.question)
    return told.by === 'street' ? told.street : null
  }
  const gathered = ({ name, parent }: Extract<ToldStep, { of: 'create' }>, passed: Rehome): string => {
    const what = meant(passed)
    const made = { name, parent: named(parent) }
    return what === null ? text('gatheredSome', made) : text('gathered', { ...made, what })
  }
  const step = (told: ToldStep): string => {
    switch (told.of) {
      case 'create':
        return text('create', { name: told.name, parent: named(told.parent) })
      case 'rename':
        return text('rename', { name: named(told.name), to: told.to })
      case 'move':
        return text('move', { name: named(told.name), parent: named(told.parent) })
      case 'merge':
        return text('merge', { name: named(told.name), to: named(told.into) })
      case 'close':
        return text('close', { name: named(told.name) })
      case 'reopen':
        return text('reopen', { name: named(told.name) })
      case 'assign':
        return text('assign', { person: person(told.person), name: named(told.name) })
      case 'endAssignment':
        return text('endAssignment', { person: person(told.person), name: named(told.name) })
      case 'rehome': {
        const ends = { from: named(told.from), to: named(told.to) }
        const what = meant(told)
        if (told.by === 'all') return text('all', ends)
        if (what === null) return text('some', ends)
        if (told.by === 'towns') return text('towns', { ...ends, towns: what })
        return told.by === 'answer'
          ? text('answer', { ...ends, question: what })
          : text('street', { ...ends, street: what })
      }
    }
  }
  return { step, split, madeOf, meant, gathered }
}
