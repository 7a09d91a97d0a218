import { UNKNOWN } from '../analytics/bucket.ts'
import { keyOf } from './plan-publish.ts'

const MOST = 40
/** The last characters of a territory's id: ids begin with the time, which neighbours made together share. */
const MARK = 6

/**
 * An id for an answer of a level's own: its words, then a mark of the territory, at most 40 characters of [a-z0-9_-].
 * `taken`: every id that the question has ever had.
 */
export function localOptionId(label: string, territoryId: string, taken: ReadonlySet<string>): string {
  const words = keyOf(label)
    .replace(/[^a-z0-9_]/g, '')
    .replace(/^_+/, '')
  const mark = territoryId
    .replace(/[^a-z0-9]/gi, '')
    .slice(-MARK)
    .toLowerCase()
  for (let n = 1; ; n++) {
    const tail = n === 1 ? `-${mark}` : `-${mark}-${n}`
    const id = `${(words || 'o').slice(0, MOST - tail.length)}${tail}`
    if (id !== UNKNOWN && !taken.has(id)) return id
  }
}
