import { createRequire } from 'node:module'
import { childPath, type Path } from '@fieldback/domain/territory/path'
import type { Rank } from '@fieldback/domain/territory/rank'
import type { Random } from './random.ts'
import { sectorName } from './sector-name.ts'
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

export type Commune = {
  readonly name: string
  readonly postcodes: readonly string[]
  readonly population: number
  readonly department: string
}

type Region = { code: string; nom: string; zone: string }
type Department = { code: string; nom: string; region: string; zone: string }
type Municipality = {
  code: string
  nom: string
  departement: string
  type: string
  codesPostaux?: string[]
  population?: number
}
type Grouping = { code: string; nom: string; membres: { code: string }[] }

const require = createRequire(import.meta.url)
// Required, not imported: the compiler would otherwise read 12 MB of JSON to know its type.
const regions = (): Region[] => require('@etalab/decoupage-administratif/data/regions.json')
const departments = (): Department[] => require('@etalab/decoupage-administratif/data/departements.json')
const groupings = (): Grouping[] => require('@etalab/decoupage-administratif/data/epci.json')
const municipalities = (): Municipality[] => require('@etalab/decoupage-administratif/data/communes.json')

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

/**
 * France as the public division has it: regions, departments, and inter-municipal groupings as sub-sectors, without the
 * collectivities overseas that are neither region nor department.
 */
export function france(random: Random): France {
  const communes = communesByCode()
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

  const country = add(null, { rank: 0, name: 'France', code: 'FR' })
  for (const { code, nom } of regions().filter(inDivision)) add(country, { rank: 1, name: nom, code })
  for (const { code, nom, region } of departments().filter(inDivision))
    add(at(1, region), { rank: 2, name: nom, code })

  const members = new Map<string, readonly Commune[]>()
  const sectors = new Map<string, { readonly sector: Territory; readonly population: number }[]>()
  for (const { code, nom, membres } of groupings()) {
    const inside = membres.flatMap((member) => communes.get(member.code) ?? [])
    inside.sort((a, b) => b.population - a.population)
    members.set(code, inside)
    const home = mainDepartment(inside)
    const sector = add(at(2, home), { rank: 3, name: sectorName(nom), code })
    const population = inside.reduce((sum, commune) => sum + commune.population, 0)
    sectors.set(home, [...(sectors.get(home) ?? []), { sector, population }])
  }
  for (const list of sectors.values()) list.sort((a, b) => b.population - a.population)

  return {
    territories: [...nodes.values()],
    at,
    communesOf: (code) => members.get(code) ?? [],
    sectorsOf: (code) => (sectors.get(code) ?? []).map(({ sector }) => sector),
  }
}

const inDivision = ({ zone }: { zone: string }): boolean => zone === 'metro' || zone === 'drom'

const communesByCode = (): Map<string, Commune> =>
  new Map(
    municipalities()
      .filter(({ type }) => type === 'commune-actuelle')
      .map((commune) => [
        commune.code,
        {
          name: commune.nom,
          postcodes: commune.codesPostaux ?? [],
          population: commune.population ?? 0,
          department: commune.departement,
        },
      ]),
  )

/** A grouping may cross a border: it goes where most of its people live. */
function mainDepartment(communes: readonly Commune[]): string {
  const people = new Map<string, number>()
  for (const { department, population } of communes)
    people.set(department, (people.get(department) ?? 0) + population)
  const [first] = [...people].sort(([, a], [, b]) => b - a)
  if (!first) throw new Error('An inter-municipal grouping has no commune')
  return first[0]
}
