import { type Commune, readFrance } from '@fieldback/adapters/division/france'
import { childPath, type Path } from '@fieldback/domain/territory/path'
import type { Rank } from '@fieldback/domain/territory/rank'
import type { Random } from './random.ts'
import { FOUNDED, frenchInstant } from './working-days.ts'

/** A node of the tree, with the code that public data know it by. */
export type Territory = {
  readonly id: string
  readonly parentId: string | null
  readonly rank: Rank
  readonly name: string
  readonly code: string
  readonly path: Path
}

export type { Commune }

export type France = {
  readonly territories: readonly Territory[]
  /** A territory by rank and code: region 75 and department 75 are two places. */
  readonly at: (rank: Rank, code: string) => Territory
  /** The communes of an inter-municipal grouping, the most populated first. */
  readonly communesOf: (sectorCode: string) => readonly Commune[]
  /** The sub-sectors of a department, the most populated first. */
  readonly sectorsOf: (departmentCode: string) => readonly Territory[]
}

export const territory = (
  random: Random,
  parent: Territory | null,
  { rank, name, code }: Pick<Territory, 'rank' | 'name' | 'code'>,
): Territory => {
  const id = random.uuid(frenchInstant(FOUNDED, 480))
  return { id, parentId: parent?.id ?? null, rank, name, code, path: childPath(parent?.path ?? '', id) }
}

/** The public division of France, with ids of this organisation and the inter-municipal groupings as sub-sectors. */
export function france(random: Random): France {
  const division = readFrance()
  const nodes = new Map<string, Territory>()
  const add = (parent: Territory | null, node: Pick<Territory, 'rank' | 'name' | 'code'>): Territory => {
    const made = territory(random, parent, node)
    nodes.set(`${node.rank}:${node.code}`, made)
    return made
  }
  const at = (rank: Rank, code: string): Territory => {
    const found = nodes.get(`${rank}:${code}`)
    if (!found) throw new Error(`The division of France has no territory ${code} of rank ${rank}`)
    return found
  }

  const country = add(null, { rank: 0, ...division.country })
  for (const { code, name } of division.regions) add(country, { rank: 1, name, code })
  for (const { code, name, region } of division.departments) add(at(1, region), { rank: 2, name, code })

  const members = new Map<string, readonly Commune[]>()
  const sectors = new Map<string, { readonly sector: Territory; readonly population: number }[]>()
  for (const { code, name, department, communes } of division.groupings) {
    members.set(code, communes)
    const sector = add(at(2, department), { rank: 3, name, code })
    const population = communes.reduce((sum, commune) => sum + commune.population, 0)
    sectors.set(department, [...(sectors.get(department) ?? []), { sector, population }])
  }
  for (const list of sectors.values()) list.sort((a, b) => b.population - a.population)

  return {
    territories: [...nodes.values()],
    at,
    communesOf: (code) => members.get(code) ?? [],
    sectorsOf: (code) => (sectors.get(code) ?? []).map(({ sector }) => sector),
  }
}
