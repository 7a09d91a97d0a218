import { nameKey } from '../account/normalise.ts'
import type { Division, DivisionPlace } from '../ports/division.ts'
import { childPath, type Path } from '../territory/path.ts'
import type { Rank } from '../territory/rank.ts'

/** A live territory of the organisation. */
export type KnownTerritory = {
  readonly id: string
  readonly parentId: string | null
  readonly rank: Rank
  readonly name: string
  readonly code: string | null
  readonly path: Path
}

export type DivisionWish = {
  /** The last rank taken: 1 regions, 2 departments too, 3 inter-municipal groupings too. */
  readonly depth: DivisionPlace['rank']
  /** Codes of the regions taken; null for all. */
  readonly regions: readonly string[] | null
}

export type DivisionPlan = {
  /** To be added; the place each lies in comes before it, or exists. */
  readonly add: readonly (KnownTerritory & { readonly parentId: string; readonly code: string })[]
  /** Territories that bore the name in the same place and no code: they get it. */
  readonly adopt: readonly { readonly id: string; readonly code: string }[]
  /** How many places the division has there, by rank 1..3, and how many of them are to be added. */
  readonly places: readonly [number, number, number]
  readonly added: readonly [number, number, number]
}

/**
 * What to add so that the organisation has the places of a division, touching nothing: a place that exists, by rank and
 * code, stays where and as it is, so that the same wish twice adds nothing. Two neighbours never get one name: the later
 * one carries its code.
 */
export function planDivision(
  division: Division,
  wish: DivisionWish,
  known: readonly KnownTerritory[],
  newId: () => string,
): DivisionPlan {
  const root = known.find(({ parentId }) => parentId === null)
  if (!root) throw new Error('an organisation without its national territory')
  const wanted = placesWanted(division, wish)
  const here = new Neighbours(known)
  const add: DivisionPlan['add'][number][] = []
  const adopt: DivisionPlan['adopt'][number][] = []
  const standing = new Map<string, Standing>([[`0:${division.country.code}`, root]])
  for (const place of wanted) {
    const parent = standing.get(`${place.rank - 1}:${place.parent}`)
    if (!parent) throw new Error(`${place.rank}:${place.code} lies in no known place`)
    const found = here.byCode(place) ?? here.codeless(parent.id, place)
    if (found) {
      if (found.code === null) adopt.push({ id: found.id, code: place.code })
      standing.set(`${place.rank}:${place.code}`, found)
      continue
    }
    const id = newId()
    const name = here.freeName(parent.id, place)
    const made = { ...place, id, parentId: parent.id, name, path: childPath(parent.path, id) }
    const { parent: _, ...territory } = made
    add.push(territory)
    here.take(parent.id, name)
    standing.set(`${place.rank}:${place.code}`, made)
  }
  return { add, adopt, places: countByRank(wanted), added: countByRank(add) }
}

type Standing = Pick<KnownTerritory, 'id' | 'path'>

const countByRank = (places: readonly { readonly rank: Rank }[]): [number, number, number] => {
  const of = (rank: Rank) => places.filter((place) => place.rank === rank).length
  return [of(1), of(2), of(3)]
}

/** Those down to the depth, in the chosen regions. */
function placesWanted({ places }: Division, { depth, regions }: DivisionWish): DivisionPlace[] {
  const inside = new Set<string>()
  return places.filter(({ rank, code, parent }) => {
    const chosen =
      rank === 1 ? regions === null || regions.includes(code) : inside.has(`${rank - 1}:${parent}`)
    if (chosen) inside.add(`${rank}:${code}`)
    return chosen && rank <= depth
  })
}

/** What stands already, by code and by name within each parent. */
class Neighbours {
  readonly #byCode = new Map<string, KnownTerritory>()
  readonly #codeless = new Map<string, KnownTerritory>()
  readonly #names = new Set<string>()

  constructor(known: readonly KnownTerritory[]) {
    for (const territory of known) {
      const { rank, code, parentId, name } = territory
      if (code !== null) this.#byCode.set(`${rank}:${code}`, territory)
      else this.#codeless.set(`${parentId}:${rank}:${nameKey(name)}`, territory)
      if (parentId !== null) this.take(parentId, name)
    }
  }
  byCode({ rank, code }: DivisionPlace): KnownTerritory | undefined {
    return this.#byCode.get(`${rank}:${code}`)
  }
  codeless(parentId: string, { rank, name }: DivisionPlace): KnownTerritory | undefined {
    return this.#codeless.get(`${parentId}:${rank}:${nameKey(name)}`)
  }
  freeName(parentId: string, { name, code }: DivisionPlace): string {
    return this.#names.has(`${parentId}:${nameKey(name)}`) ? `${name} (${code})` : name
  }
  take(parentId: string, name: string): void {
    this.#names.add(`${parentId}:${nameKey(name)}`)
  }
}
