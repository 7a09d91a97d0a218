/** Four 32-bit numbers from a text (cyrb128, public domain, bryc/code). */
function seeds(text: string): [number, number, number, number] {
  let [a, b, c, d] = [1_779_033_703, 3_144_134_277, 1_013_904_242, 2_773_480_762]
  for (let i = 0; i < text.length; i++) {
    const k = text.charCodeAt(i)
    a = b ^ Math.imul(a ^ k, 597_399_067)
    b = c ^ Math.imul(b ^ k, 2_869_860_233)
    c = d ^ Math.imul(c ^ k, 951_274_213)
    d = a ^ Math.imul(d ^ k, 2_716_044_179)
  }
  return [a >>> 0, b >>> 0, c >>> 0, d >>> 0]
}

const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0')

/**
 * Numbers that are the same on every run (sfc32, public domain). Each subject draws from a generator named after it,
 * so that one more account never changes somebody's name.
 */
export class Random {
  #a: number
  #b: number
  #c: number
  #d: number

  constructor(subject: string) {
    const [a, b, c, d] = seeds(subject)
    this.#a = a
    this.#b = b
    this.#c = c
    this.#d = d
    for (let i = 0; i < 15; i++) this.#bits()
  }

  #bits(): number {
    const t = (this.#a + this.#b + this.#d) | 0
    this.#d = (this.#d + 1) | 0
    this.#a = this.#b ^ (this.#b >>> 9)
    this.#b = (this.#c + (this.#c << 3)) | 0
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + t) | 0
    return t >>> 0
  }

  /** From 0 included to 1 left out. */
  unit(): number {
    return this.#bits() / 4_294_967_296
  }

  between(low: number, high: number): number {
    return low + (high - low) * this.unit()
  }

  /** Both ends included. */
  int(low: number, high: number): number {
    return low + Math.floor(this.unit() * (high - low + 1))
  }

  chance(probability: number): boolean {
    return this.unit() < probability
  }

  pick<T>(list: readonly T[]): T {
    const item = list[Math.floor(this.unit() * list.length)]
    if (item === undefined) throw new Error('Nothing to pick from')
    return item
  }

  weighted<T>(choices: readonly (readonly [T, number])[]): T {
    let left = this.unit() * choices.reduce((sum, [, weight]) => sum + weight, 0)
    for (const [item, weight] of choices) {
      left -= weight
      if (left < 0) return item
    }
    return this.pick(choices)[0]
  }

  shuffled<T>(list: readonly T[]): T[] {
    const items = list.map((item) => ({ item, at: this.unit() }))
    return items.sort((a, b) => a.at - b.at).map(({ item }) => item)
  }

  /** Mean 0, deviation 1, never beyond 3.5: four uniforms added, so no logarithm differs from machine to machine. */
  bell(): number {
    return (this.unit() + this.unit() + this.unit() + this.unit() - 2) * 1.732_050_8
  }

  /** A UUIDv7 whose time part is `instant` (ISO 8601). */
  uuid(instant: string): string {
    const time = hex(Date.parse(instant), 12)
    const [low, high] = [this.#bits(), this.#bits()]
    const version = `7${hex(this.#bits() >>> 20, 3)}`
    const variant = hex((low >>> 18) | 0x8000, 4)
    return `${time.slice(0, 8)}-${time.slice(8)}-${version}-${variant}-${hex(high, 8)}${hex(low & 0xffff, 4)}`
  }
}
