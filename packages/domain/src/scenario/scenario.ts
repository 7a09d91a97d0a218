import * as z from 'zod'
import { addDays, type Day } from '../agenda/day.ts'
import { lineOf } from '../org/founding.ts'
import type { Fault } from '../territory/placement.ts'
import { type TreeStep, treeStep } from '../territory/tree-step.ts'
import { typedText } from '../typed.ts'

/** A published or discarded one is not changed any more. */
export const SCENARIO_STATES = ['draft', 'planned', 'published', 'discarded'] as const
export type ScenarioState = (typeof SCENARIO_STATES)[number]

export const isSettled = (state: ScenarioState): boolean => state === 'published' || state === 'discarded'

export const scenarioName = lineOf(80)
export const remarkText = typedText(500, 1)

/** A draft undoes a step by leaving it out: what takes back a merge of the live tree has no place in one. */
const draftStep = treeStep.refine(({ of }) => of !== 'rehang' && of !== 'unsettle')

/** What one gesture may hold: a split is a territory, its accounts and whoever gets it. */
export const GESTURE_STEPS_MAX = 100
export const gestureSteps = z.array(draftStep).min(1).max(GESTURE_STEPS_MAX)

/** Gestures of one scenario at most. */
export const GESTURES_MAX = 500

/** What somebody did to the draft at once, and what is undone at once: its steps are taken together or not at all. */
export type Gesture = { readonly id: string; readonly steps: readonly TreeStep[] }

/** In a scenario roles begin and end with it, whatever day it was when they were drafted. */
export const datedOn = (steps: readonly TreeStep[], day: Day): TreeStep[] =>
  steps.map((step) => {
    if (step.of === 'assign') return { ...step, validFrom: day }
    return step.of === 'endAssignment' ? { ...step, lastDay: addDays(day, -1) } : step
  })

/** So long ahead at most: a mistyped year would wait for ever. */
const YEARS_AHEAD = 3

/** SCENARIO_PAST: a re-organisation takes effect today or later; SCENARIO_FAR: within three years. */
export function dayFault(day: Day, today: Day): Fault | null {
  if (day < today) return { code: 'SCENARIO_PAST', params: { day, today } }
  const last = `${Number(today.slice(0, 4)) + YEARS_AHEAD}${today.slice(4)}`
  return day > last ? { code: 'SCENARIO_FAR', params: { years: YEARS_AHEAD } } : null
}
