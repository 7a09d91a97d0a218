class Itself {
  constructor(key: object) {
    // biome-ignore lint/correctness/noConstructorReturn: what is made of it is the key, with a note on it.
    return key
  }
}

/**
 * A WeakMap that notes each value on its key, as a private field: also of what is frozen, or stands for something else. Nobody
 * else sees it, and what collects garbage has nothing to look up.
 */
export class Noted<K extends object, V> {
  private readonly Note = class Note extends Itself {
    #value: V
    constructor(key: object, value: V) {
      super(key)
      this.#value = value
    }
    static get(key: object): V | undefined {
      return #value in key ? key.#value : undefined
    }
    static set(key: object, value: V): void {
      if (#value in key) key.#value = value
      else new Note(key, value)
    }
  }
  get(key: K): V | undefined {
    return isKey(key) ? this.Note.get(key) : undefined
  }
  has(key: K): boolean {
    return this.get(key) !== undefined
  }
  set(key: K, value: V): this {
    this.Note.set(key, value)
    return this
  }
}

/** Others may be asked for, and were never noted. */
const isKey = (key: unknown): boolean => (typeof key === 'object' ? key !== null : typeof key === 'function')
