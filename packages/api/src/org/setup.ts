import { writeAudit } from '@fieldback/db/audit/audit.repo'
import { lockPublications } from '@fieldback/db/field/field.repo'
import { readSettings } from '@fieldback/db/org/settings.repo'
import { knownTerritories, setCodes, setupFacts } from '@fieldback/db/org/setup.repo'
import type { ScopedDb } from '@fieldback/db/scoped-db'
import { insertTerritories } from '@fieldback/db/territory/insert-territories.repo'
import { renameTerritory } from '@fieldback/db/territory/territory.repo'
import { FieldbackError } from '@fieldback/domain/errors'
import {
  type DivisionPlan,
  type DivisionWish,
  type KnownTerritory,
  planDivision,
} from '@fieldback/domain/org/plan-division'
import { type SetupFacts, type SetupStep, setupSteps } from '@fieldback/domain/org/setup'
import type { Division } from '@fieldback/domain/ports/division'
import * as z from 'zod'
import { requireWholeOrganisation } from '../access/administer.ts'
import { scopedProcedure, steppedProcedure } from '../trpc.ts'

const administer = scopedProcedure('organisation.administer')
/** The division comes from outside: the first reading takes longer than a transaction may. */
const outside = steppedProcedure('organisation.administer')
const wish = z.object({
  depth: z.literal([1, 2, 3]),
  regions: z.array(z.string().max(20)).max(100).nullable(),
})

export type Setup = Omit<SetupFacts, 'levelNames'> & {
  readonly done: Readonly<Record<SetupStep, boolean>>
  readonly root: { readonly id: string; readonly name: string }
}

export type Place = Pick<KnownTerritory, 'id' | 'parentId' | 'rank' | 'name'>

/** What the country template holds, and what taking it would change. */
export type DivisionPreview = {
  readonly country: string
  /** The national territory would be called like the country: it has the organisation's name and no code yet. */
  readonly renamesRoot: boolean
  readonly regions: readonly {
    readonly code: string
    readonly name: string
    readonly departments: number
    readonly sectors: number
  }[]
  readonly places: DivisionPlan['places']
  readonly added: DivisionPlan['added']
}

/** Steps of a new organisation's set-up, spread into its router. */
export const setupProcedures = {
  /** How far it is, from what exists. */
  setup: administer.query(async ({ ctx: { sdb } }): Promise<Setup> => {
    await requireWholeOrganisation(sdb)
    const { levelNames, ...facts } = await setupFacts(sdb)
    const [root] = await knownTerritories(sdb)
    if (!root) throw new FieldbackError('NOT_FOUND', { what: 'territory' })
    return { ...facts, done: setupSteps({ levelNames, ...facts }), root: { id: root.id, name: root.name } }
  }),

  /** Every live territory by name, where people may be put; the parent comes before its children. */
  places: administer.query(async ({ ctx: { sdb } }): Promise<Place[]> => {
    await requireWholeOrganisation(sdb)
    const known = await knownTerritories(sdb)
    return known.map(({ id, parentId, rank, name }) => ({ id, parentId, rank, name }))
  }),

  /** Counts before anything is added. */
  division: outside.input(wish).query(async ({ ctx, input }): Promise<DivisionPreview> => {
    const division = await ctx.deps.division.read()
    return ctx.inScope(async (sdb) => {
      await requireWholeOrganisation(sdb)
      const known = await knownTerritories(sdb)
      const { places, added } = planDivision(division, input, known, ctx.deps.newId)
      const renamesRoot = rootTakes(division, known, (await readSettings(sdb)).name) === 'name'
      return { country: division.country.name, renamesRoot, regions: regionsOf(division), places, added }
    })
  }),

  /** Adds the places that are missing, all or none; the same again adds nothing. */
  takeDivision: outside
    .input(wish)
    .mutation(async ({ ctx, input }): Promise<Pick<DivisionPlan, 'places' | 'added'>> => {
      const division = await ctx.deps.division.read()
      return ctx.inScope((sdb) => take(sdb, division, input, ctx.deps.newId))
    }),
}

async function take(
  sdb: ScopedDb,
  division: Division,
  wish: DivisionWish,
  newId: () => string,
): Promise<Pick<DivisionPlan, 'places' | 'added'>> {
  await requireWholeOrganisation(sdb)
  // Two at once would add every place twice: the second waits, and finds them.
  await lockPublications(sdb)
  const known = await knownTerritories(sdb)
  const { add, adopt, places, added } = planDivision(division, wish, known, newId)
  await nameRoot(sdb, division, known)
  await setCodes(sdb, adopt)
  await insertTerritories(sdb.tx, sdb.scope.orgId, add)
  if (add.length + adopt.length > 0)
    await writeAudit(sdb, {
      id: newId(),
      action: 'org.takeDivision',
      subjectId: sdb.scope.orgId,
      detail: { ...wish, name: division.country.name, count: add.length, added },
    })
  return { places, added }
}

/** What the national territory takes from the country: its code, and its name while it still bears the organisation's. */
function rootTakes(
  division: Division,
  known: readonly KnownTerritory[],
  orgName: string,
): 'name' | 'code' | 'nothing' {
  const root = known.find(({ parentId }) => parentId === null)
  if (root?.code !== null) return 'nothing'
  return root.name === orgName && root.name !== division.country.name ? 'name' : 'code'
}

async function nameRoot(sdb: ScopedDb, division: Division, known: readonly KnownTerritory[]): Promise<void> {
  const root = known.find(({ parentId }) => parentId === null)
  const takes = rootTakes(division, known, (await readSettings(sdb)).name)
  if (!root || takes === 'nothing') return
  await setCodes(sdb, [{ id: root.id, code: division.country.code }])
  if (takes === 'name') await renameTerritory(sdb, root.id, division.country.name)
}

/** The regions one may choose, with what lies in each. */
function regionsOf({ places }: Division): DivisionPreview['regions'] {
  const regionOf = new Map(places.filter(({ rank }) => rank === 2).map(({ code, parent }) => [code, parent]))
  const count = (rank: number, region: string) =>
    places.filter((place) => {
      const inRegion = rank === 2 ? place.parent : regionOf.get(place.parent)
      return place.rank === rank && inRegion === region
    }).length
  return places
    .filter(({ rank }) => rank === 1)
    .map(({ code, name }) => ({ code, name, departments: count(2, code), sectors: count(3, code) }))
}
