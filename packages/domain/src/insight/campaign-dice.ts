/** Numbers from a seed, the same each time (mulberry32). */
export class CampaignDice {
  #state: number

  constructor(seed: number) {
    this.#state = seed | 0
  }

  /** From 0 on, below 1. */
  unit(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }

  between(low: number, high: number): number {
    return low + this.unit() * (high - low)
  }

  below(count: number): number {
    return Math.floor(this.unit() * count)
  }

  /** An index, each as often as its share says; the last takes what is left. */
  share(shares: readonly number[]): number {
    let left = this.unit()
    for (let at = 0; at < shares.length - 1; at++) {
      left -= shares[at] as number
      if (left < 0) return at
    }
    return shares.length - 1
  }
}
