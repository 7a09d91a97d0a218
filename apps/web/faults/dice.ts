/** Numbers from a seed, the same each time (mulberry32). */
export type Dice = {
  /** From 0 on, below `sides`. */
  roll(sides: number): number
  chance(probability: number): boolean
  pick<T>(items: readonly T[]): T
  newId(): string
}

const DIGITS = '0123456789abcdef'

export function dice(seed: number): Dice {
  let state = seed | 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const roll = (sides: number): number => Math.floor(next() * sides)
  const hex = (digits: number): string => {
    let text = ''
    for (let at = 0; at < digits; at++) text += DIGITS[roll(16)]
    return text
  }
  return {
    roll,
    chance: (probability) => next() < probability,
    pick: (items) => items[roll(items.length)] as (typeof items)[number],
    newId: () => `${hex(8)}-${hex(4)}-7${hex(3)}-a${hex(3)}-${hex(12)}`,
  }
}
