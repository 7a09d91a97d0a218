import { type Dice, dice } from './dice.ts'

/** Kinds of fault that a schedule is drawn from. */
const KINDS = [
  'two_devices',
  'two_tabs',
  'drop',
  'lost_answer',
  'duplicate',
  'reorder',
  'crash',
  'clock_jump',
  'quota',
  'schema_upgrade',
  'user_switch',
  'rejection',
  'field_change',
  'desk_work',
  'slow_writer',
  'signed_out',
  'settlement',
  'lock',
] as const
/** Kinds of fault, as the campaign counts them. */
export const FAULTS = [...KINDS, 'restored_backup'] as const
export type Fault = (typeof FAULTS)[number]

/** One thing that happens. `dice` seeds what is left open, so that a step means the same without those before it. */
export type Step = {
  readonly do: 'save' | 'draft' | 'throw' | 'wait' | 'online' | 'sync' | 'photo' | 'backup' | Fault
  readonly phone: 0 | 1
  readonly dice: number
}

const SAVES = 20
const QUIET_STEPS = 9
const QUIET = ['draft', 'throw', 'throw', 'wait', 'wait', 'online', 'sync'] as const
const PHOTOS = ['photo', 'photo', 'photo'] as const
const FAULT_STEPS = 14
const KINDS_LEAST = 3

/** The steps of a seed: twenty saves at least among more than forty steps, with three kinds of fault or more. */
export function scheduleOf(seed: number): Step[] {
  const chance = dice(seed)
  const kinds = chosen(chance)
  const phone = (): 0 | 1 => (kinds.includes('two_devices') && chance.chance(0.4) ? 1 : 0)
  const step = (what: Step['do']): Step => ({ do: what, phone: phone(), dice: chance.roll(2 ** 31) })
  const steps: Step[] = []
  for (let n = 0; n < SAVES + chance.roll(4); n++) steps.push(step('save'))
  const quiet = chance.chance(0.3) ? [...QUIET, ...PHOTOS] : QUIET
  for (let n = 0; n < QUIET_STEPS; n++) steps.push(step(chance.pick(quiet)))
  for (const kind of kinds) steps.push(step(kind))
  while (steps.length < SAVES + QUIET_STEPS + FAULT_STEPS) steps.push(step(chance.pick(kinds)))
  const inOrder = shuffled(steps, chance)
  // Restored once all is over.
  if (chance.chance(0.3)) inOrder.splice(chance.roll(inOrder.length), 0, step('backup'))
  return inOrder
}

function chosen(chance: Dice): Fault[] {
  const rest = shuffled([...KINDS], chance)
  return rest.slice(0, KINDS_LEAST + chance.roll(4))
}

function shuffled<T>(items: T[], chance: Dice): T[] {
  for (let at = items.length - 1; at > 0; at--) {
    const other = chance.roll(at + 1)
    const held = items[at] as T
    items[at] = items[other] as T
    items[other] = held
  }
  return items
}
