import { readFileSync } from 'node:fs'
import type { Division, DivisionPlace, DivisionPort } from '@fieldback/domain/ports/division'
import { sectorName } from './sector-name.ts'

export type Commune = {
  readonly name: string
  readonly postcodes: readonly string[]
  readonly population: number
  readonly department: string
}

/** An inter-municipal grouping, in the department where most of its people live. */
export type Grouping = {
  readonly code: string
  readonly name: string
  readonly department: string
  /** The most populated first. */
  readonly communes: readonly Commune[]
}

export type FrenchDivision = {
  readonly country: { readonly code: string; readonly name: string }
  readonly regions: readonly { readonly code: string; readonly name: string }[]
  readonly departments: readonly { readonly code: string; readonly name: string; readonly region: string }[]
  readonly groupings: readonly Grouping[]
}

type RegionRow = { code: string; nom: string; zone: string }
type DepartmentRow = RegionRow & { region: string }
type MunicipalityRow = {
  code: string
  nom: string
  departement: string
  type: string
  codesPostaux?: string[]
  population?: number
}
type GroupingRow = { code: string; nom: string; membres: { code: string }[] }

// Asked for by name at run time: the web's bundler would put its own module numbers in the place of paths.
const packageFiles = process.getBuiltinModule('node:module').createRequire(import.meta.url)

// Read as files, not imported: the compiler would read 12 MB of JSON to know its type, and a module stays in memory.
function rowsOf<Row>(name: string): Row[] {
  const file = packageFiles.resolve(`@etalab/decoupage-administratif/data/${name}.json`)
  return JSON.parse(readFileSync(file, 'utf8')) as Row[]
}

/**
 * France as its public division has it (Etalab, from the INSEE code): regions, departments and inter-municipal groupings,
 * in the order of the data, without the collectivities overseas that are neither region nor department. The names of
 * groupings are shortened as people say them.
 */
export function readFrance(): FrenchDivision {
  const communes = communesByCode(rowsOf<MunicipalityRow>('communes'))
  return {
    country: { code: 'FR', name: 'France' },
    regions: rowsOf<RegionRow>('regions')
      .filter(inDivision)
      .map(({ code, nom }) => ({ code, name: nom })),
    departments: rowsOf<DepartmentRow>('departements')
      .filter(inDivision)
      .map(({ code, nom, region }) => ({ code, name: nom, region })),
    groupings: rowsOf<GroupingRow>('epci').map(({ code, nom, membres }) => {
      const inside = membres.flatMap((member) => communes.get(member.code) ?? [])
      inside.sort((a, b) => b.population - a.population)
      return { code, name: sectorName(nom), department: mainDepartment(inside), communes: inside }
    }),
  }
}

const inDivision = ({ zone }: { zone: string }): boolean => zone === 'metro' || zone === 'drom'

const communesByCode = (rows: readonly MunicipalityRow[]): Map<string, Commune> =>
  new Map(
    rows
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

/** The French division behind its port; read once, of which only codes and names are kept. */
export function openFrance(): DivisionPort {
  let division: Division | undefined
  return {
    read: async () => {
      division ??= placesOf(readFrance())
      return division
    },
  }
}

const placesOf = ({ country, regions, departments, groupings }: FrenchDivision): Division => {
  const place = (rank: DivisionPlace['rank'], code: string, name: string, parent: string): DivisionPlace => ({
    rank,
    code,
    name,
    parent,
  })
  return {
    country,
    places: [
      ...regions.map(({ code, name }) => place(1, code, name, country.code)),
      ...departments.map(({ code, name, region }) => place(2, code, name, region)),
      ...groupings.map(({ code, name, department }) => place(3, code, name, department)),
    ],
  }
}
