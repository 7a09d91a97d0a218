import { types } from 'node:util'

const RealWeakMap = WeakMap

/** Notes a value on its key; only a proxy, which would hand it on to what it stands for, is looked up. */
class Noted {
  private readonly name = Symbol()
  private readonly ofProxies = new RealWeakMap<object, unknown>()
  get(key: unknown): unknown {
    return types.isProxy(key)
      ? this.ofProxies.get(key as object)
      : (key as Keyed | null | undefined)?.[this.name]
  }
  has(key: unknown): boolean {
    return this.get(key) !== undefined
  }
  set(key: object, value: unknown): this {
    if (types.isProxy(key)) this.ofProxies.set(key, value)
    else (key as Keyed)[this.name] = value
    return this
  }
}
type Keyed = { [name: symbol]: unknown }

globalThis.WeakMap = Noted as unknown as WeakMapConstructor

export function noteNoMore(): void {
  globalThis.WeakMap = RealWeakMap
}
