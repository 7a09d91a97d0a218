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

/** Finds the records that share a mark and a place with a name. */
export function indexNear<T>(
  records: readonly T[],
  of: (record: T) => { key: string; places: readonly string[] },
) {
  const byMark = new Map<string, T[]>()
  for (const record of records) {
    const { key: name, places } = of(record)
    for (const mark of nearMarks(name))
      for (const place of places) {
        const key = `${place} ${mark}`
        const list = byMark.get(key)
        if (list) list.push(record)
        else byMark.set(key, [record])
      }
  }
  return (name: string, places: readonly string[]): Set<T> =>
    new Set(
      nearMarks(name).flatMap((mark) => places.flatMap((place) => byMark.get(`${place} ${mark}`) ?? [])),
    )
}
