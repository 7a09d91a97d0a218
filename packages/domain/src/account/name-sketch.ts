import { EMPTY_WORDS } from './duplicates.ts'

const SOUNDS: Readonly<Record<string, string>> = { k: 'c', q: 'c', z: 's', y: 'i', w: 'v', m: 'n', h: '' }

/**
 * How a name sounds, by its key: what the database's name_sketch() says of it, on which accounts are found. Null when
 * nothing is left. A file is sketched here: a hundred thousand names take the database many seconds.
 */
export function nameSketch(key: string): string | null {
  const words = key.split(' ').filter((word) => word !== '' && !EMPTY_WORDS.has(word))
  if (words.length === 0) return null
  return [...new Set(words.map(soundOf))].sort(byCodePoint).join(' ')
}

/** The sketches of names by their keys; names of which nothing is left have none. */
export const sketchesOf = (keys: readonly string[]): Map<string, string> =>
  new Map(
    [...new Set(keys)].flatMap((key) => {
      const sketch = nameSketch(key)
      return sketch === null ? [] : [[key, sketch] as const]
    }),
  )

function soundOf(word: string): string {
  if (/[0-9]/.test(word)) return word
  const folded = word
    .replaceAll('ph', 'f')
    .replace(/[kqzywmh]/g, (letter) => SOUNDS[letter] ?? '')
    .replace(/bb|cc|dd|ff|gg|jj|ll|nn|pp|rr|ss|tt|vv|xx/g, ([letter]) => letter ?? '')
  const [first = ''] = folded
  return (
    first +
    folded
      .slice(first.length)
      .replace(/[aeioustdx]+$/, '')
      .replace(/[aeiou]/g, '')
  )
}

/** The order of the database's "C": that of UTF-8, where JavaScript compares UTF-16. */
function byCodePoint(a: string, b: string): number {
  const [left, right] = [[...a], [...b]]
  const at = left.findIndex((letter, i) => letter !== right[i])
  if (at < 0) return left.length - right.length
  return (left[at]?.codePointAt(0) ?? 0) - (right[at]?.codePointAt(0) ?? -1)
}
