import { Noted } from './noted.ts'

const RealWeakMap = WeakMap

globalThis.WeakMap = Noted as unknown as WeakMapConstructor

export function noteNoMore(): void {
  globalThis.WeakMap = RealWeakMap
}
