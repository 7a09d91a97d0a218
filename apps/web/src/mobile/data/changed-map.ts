/**
 * A map with some entries changed, which leaves the one below as it is. Copied when somebody goes through all of it, which
 * nobody does to say that a report among twenty thousand is kept.
 */
export class ChangedMap<V extends object> implements ReadonlyMap<string, V> {
  readonly #below: ReadonlyMap<string, V>
  readonly #above = new Map<string, V>()
  #copy: Map<string, V> | null = null

  constructor(below: ReadonlyMap<string, V>) {
    this.#below = below
  }

  set(key: string, value: V): void {
    this.#above.set(key, value)
    this.#copy?.set(key, value)
  }

  get(key: string): V | undefined {
    return this.#above.get(key) ?? this.#below.get(key)
  }

  has(key: string): boolean {
    return this.get(key) !== undefined
  }

  get #all(): Map<string, V> {
    if (this.#copy) return this.#copy
    const copy = new Map(this.#below)
    for (const [key, value] of this.#above) copy.set(key, value)
    this.#copy = copy
    return copy
  }

  get size(): number {
    return this.#all.size
  }

  entries() {
    return this.#all.entries()
  }

  keys() {
    return this.#all.keys()
  }

  values() {
    return this.#all.values()
  }

  [Symbol.iterator]() {
    return this.#all.entries()
  }

  forEach(each: (value: V, key: string, map: ReadonlyMap<string, V>) => void): void {
    this.#all.forEach(each)
  }
}
