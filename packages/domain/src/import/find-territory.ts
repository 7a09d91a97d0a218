import { nameKey } from '../account/normalise.ts'
import { type Path, pathIds } from '../territory/path.ts'
import type { Rank } from '../territory/rank.ts'

export type KnownTerritory = {
  readonly id: string
  readonly parentId: string | null
  readonly rank: Rank
  readonly name: string
  readonly code: string | null
  readonly path: Path
}

export type FoundTerritory = KnownTerritory | 'unknown' | 'ambiguous'

/** All live territories of an organisation, by what a file may call them. */
export type Territories = {
  readonly byId: ReadonlyMap<string, KnownTerritory>
  /** By code, else by name, else by "name above > name". */
  find(text: string): FoundTerritory
}

export const codeKey = (code: string): string => code.trim().toUpperCase()

export function indexTerritories(known: readonly KnownTerritory[]): Territories {
  const byId = new Map(known.map((territory) => [territory.id, territory]))
  const byCode = new Map(known.flatMap((t) => (t.code === null ? [] : [[codeKey(t.code), t] as const])))
  const byName = new Map<string, KnownTerritory[]>()
  for (const territory of known) {
    const key = nameKey(territory.name)
    byName.set(key, [...(byName.get(key) ?? []), territory])
  }
  const remembered = new Map<string, FoundTerritory>()
  const named = (text: string): FoundTerritory => {
    const same = byName.get(nameKey(text)) ?? []
    if (same.length > 1) return 'ambiguous'
    return same[0] ?? 'unknown'
  }
  const under = (text: string): FoundTerritory => {
    const names = text.split('>').map(nameKey)
    const last = names.pop()
    if (names.length === 0 || last === undefined) return 'unknown'
    const found = (byName.get(last) ?? []).filter((territory) => {
      const above = pathIds(territory.path).map((id) => nameKey(byId.get(id)?.name ?? ''))
      return names.every((name) => above.includes(name))
    })
    return found.length > 1 ? 'ambiguous' : (found[0] ?? 'unknown')
  }
  return {
    byId,
    find(text) {
      const held = remembered.get(text)
      if (held !== undefined) return held
      const found = byCode.get(codeKey(text)) ?? (text.includes('>') ? under(text) : named(text))
      remembered.set(text, found)
      return found
    },
  }
}
