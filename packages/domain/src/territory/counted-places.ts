/** A town or a street as accounts name it. */
export type CountedPlace = { readonly key: string; readonly name: string; readonly accounts: number }

/**
 * Places by the key they are compared by, the most numerous first, each under its most frequent way of writing; what has
 * no key is left out.
 */
export function countedPlaces(named: Iterable<readonly [key: string, name: string]>): CountedPlace[] {
  const found = new Map<string, Map<string, number>>()
  for (const [key, name] of named) {
    if (key === '') continue
    const names = found.get(key) ?? new Map<string, number>()
    names.set(name, (names.get(name) ?? 0) + 1)
    found.set(key, names)
  }
  const places = [...found].map(([key, names]) => {
    const [first] = [...names].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
    return { key, name: first?.[0] ?? '', accounts: [...names.values()].reduce((sum, n) => sum + n, 0) }
  })
  return places.sort((a, b) => b.accounts - a.accounts || (a.key < b.key ? -1 : 1))
}
