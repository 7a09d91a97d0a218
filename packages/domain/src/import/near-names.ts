import { nameKey } from '../account/normalise.ts'

/**
 * The marks of a name's key by which close names are looked for without comparing each with each: names that `likelyDuplicates` finds close
 * have a word that is the same but for one letter, hence its beginning or its end in common.
 */
export function nearMarks(key: string): string[] {
  const marks = new Set<string>()
  for (const word of key.split(' ')) {
    marks.add(word)
    if (word.length >= 6) {
      marks.add(`${word.slice(0, 3)}-`)
      marks.add(`-${word.slice(-3)}`)
    }
    if (word.length >= 5 && word.length <= 6) {
      marks.add(`${word.slice(0, 2)}-`)
      marks.add(`-${word.slice(-2)}`)
    }
  }
  return [...marks]
}

/** The keys of the postcode and town of a record, where it has them. */
export const placesOf = (row: { readonly postcode: string | null; readonly city: string | null }): string[] =>
  [row.postcode, row.city].map((place) => nameKey(place ?? '')).filter((place) => place !== '')

/**
 * Records that a name is compared with, at most. A mark that more of a place's records bear (the "boulangerie" of a town,
 * the "company" of a sector) tells nobody apart and is left out, else the work grows with the square of the place: names
 * that share nothing rarer are not found close. The same name as a whole is found by its key, not here.
 */
export const NEAR_MAX = 200

/** Finds up to NEAR_MAX records that share a mark and a place with a name, by its rarest marks first. */
export function indexNear<T>(
  records: readonly T[],
  of: (record: T) => { key: string; places: readonly string[] },
) {
  const byPlace = new Map<string, Map<string, T[]>>()
  for (const record of records) {
    const { key, places } = of(record)
    const marks = nearMarks(key)
    for (const place of places) {
      const byMark = byPlace.get(place) ?? new Map<string, T[]>()
      byPlace.set(place, byMark)
      for (const mark of marks) {
        const list = byMark.get(mark)
        if (list === undefined) byMark.set(mark, [record])
        else if (list.length <= NEAR_MAX) list.push(record)
      }
    }
  }
  return (name: string, places: readonly string[]): Set<T> => {
    const near = new Set<T>()
    const known = places.flatMap((place) => byPlace.get(place) ?? [])
    if (known.length === 0) return near
    const lists: T[][] = []
    for (const mark of nearMarks(name))
      for (const byMark of known) {
        const list = byMark.get(mark)
        if (list !== undefined && list.length <= NEAR_MAX) lists.push(list)
      }
    lists.sort((a, b) => a.length - b.length)
    for (const list of lists)
      for (const record of list) {
        near.add(record)
        if (near.size === NEAR_MAX) return near
      }
    return near
  }
}
