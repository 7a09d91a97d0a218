import { DEFAULT_LEVEL_NAMES } from './founding.ts'
import type { LevelName } from './level-names.ts'

export const SETUP_STEPS = ['levels', 'territories', 'people', 'fields'] as const
export type SetupStep = (typeof SETUP_STEPS)[number]

/** What the organisation holds already, from which the steps of its set-up are told. */
export type SetupFacts = {
  readonly levelNames: readonly LevelName[]
  /** Live, the national one left out. */
  readonly territories: number
  /** Live members, the administrator included. */
  readonly members: number
  /** Those of them who file reports today. */
  readonly reps: number
  /** Questions asked anywhere. */
  readonly fields: number
  readonly accounts: boolean
}

/**
 * Which steps are done, read off what exists: a step can be left, come back to, or done elsewhere. The levels have names
 * from the start, so theirs is done once they differ or something was built on them.
 */
export function setupSteps(facts: SetupFacts): Readonly<Record<SetupStep, boolean>> {
  return {
    levels: facts.territories > 0 || !sameNames(facts.levelNames, DEFAULT_LEVEL_NAMES),
    territories: facts.territories > 0,
    people: facts.members > 1,
    fields: facts.fields > 0,
  }
}

const sameNames = (some: readonly LevelName[], others: readonly LevelName[]): boolean =>
  some.length === others.length &&
  some.every(({ fr, en }, rank) => fr === others[rank]?.fr && en === others[rank]?.en)

/** The first step still open, where the set-up goes on; null when all are done. */
export const nextStep = (done: Readonly<Record<SetupStep, boolean>>): SetupStep | null =>
  SETUP_STEPS.find((step) => !done[step]) ?? null
