'use client'
import type { ToldStep } from '@fieldback/domain/scenario/told'
import { useTranslations } from 'next-intl'
import { useFormats } from './use-formats.ts'
import { useLabel } from './use-label.ts'

const TOWNS_TOLD = 3

/** What the steps of a gesture do together, in one line. */
export function useToldSteps(): (told: readonly ToldStep[]) => string {
  const tell = useToldStep()
  return (told) => toldTogether(told, tell)
}

type Tell = ReturnType<typeof useToldStep>

/** A territory that is made, and the accounts or the territories that pass to it, are one split. */
function toldTogether(told: readonly ToldStep[], tell: Tell): string {
  const [made, ...after] = told
  if (made?.of !== 'create') return told.map(tell.step).join(', ')
  const [passed, ...rest] = after
  if (passed?.of === 'rehome') return [tell.split(passed.from, made.name), ...rest.map(tell.step)].join(', ')
  const moved = after.flatMap((step) => (step.of === 'move' && step.parent === made.name ? [step.name] : []))
  if (moved.length === 0) return told.map(tell.step).join(', ')
  return [tell.madeOf(made.name, moved), ...after.slice(moved.length).map(tell.step)].join(', ')
}

function useToldStep() {
  const text = useTranslations('scenario')
  const formats = useFormats()
  const label = useLabel()
  const named = (name: string) => name || text('gestures.told.gone')
  const person = (name: string) => name || text('gestures.told.someone')
  const split = (from: string, name: string) => text('gestures.told.split', { from: named(from), name })
  const madeOf = (name: string, places: readonly string[]) =>
    text('gestures.told.madeOf', { name, places: formats.list(places.map(named)) })
  const step = (told: ToldStep): string => {
    switch (told.of) {
      case 'create':
        return text('gestures.told.create', { name: told.name, parent: named(told.parent) })
      case 'rename':
        return text('gestures.told.rename', { name: named(told.name), to: told.to })
      case 'move':
        return text('gestures.told.move', { name: named(told.name), parent: named(told.parent) })
      case 'merge':
        return text('gestures.told.merge', { name: named(told.name), to: named(told.into) })
      case 'close':
        return text('gestures.told.close', { name: named(told.name) })
      case 'reopen':
        return text('gestures.told.reopen', { name: named(told.name) })
      case 'assign':
        return text('gestures.told.assign', { person: person(told.person), name: named(told.name) })
      case 'endAssignment':
        return text('gestures.told.endAssignment', { person: person(told.person), name: named(told.name) })
      case 'rehome': {
        const ends = { from: named(told.from), to: named(told.to) }
        if (told.by === 'all') return text('gestures.told.all', ends)
        if (told.by === 'towns') {
          const shown = told.towns.slice(0, TOWNS_TOLD)
          const towns = told.towns.length > TOWNS_TOLD ? `${shown.join(', ')}…` : formats.list(shown)
          return text('gestures.told.towns', { ...ends, towns })
        }
        if (told.by === 'answer' && told.question)
          return text('gestures.told.answer', { ...ends, question: label(told.question) })
        return told.by === 'street'
          ? text('gestures.told.street', { ...ends, street: told.street })
          : text('gestures.told.some', ends)
      }
    }
  }
  return { step, split, madeOf }
}
