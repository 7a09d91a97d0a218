import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** The names of what runs, in JSON. */
export const UNFINISHED = fileURLToPath(new URL('../../.cache/vitest-unfinished.json', import.meta.url))

/** A reporter of Vitest that keeps in a file which test files run, and which test of each began last. */
export default class UnfinishedTests {
  #running = new Map()

  onTestModuleStart({ moduleId }) {
    this.#running.set(moduleId, moduleId)
    this.#keep()
  }

  onTestCaseReady({ module, fullName }) {
    this.#running.set(module.moduleId, `${module.moduleId} > ${fullName}`)
    this.#keep()
  }

  onTestModuleEnd({ moduleId }) {
    this.#running.delete(moduleId)
    this.#keep()
  }

  #keep() {
    writeFileSync(UNFINISHED, JSON.stringify([...this.#running.values()]))
  }
}
