import { lockPublications } from '@fieldback/db/field/field.repo'
import { requireTerritory, type ScopedDb } from '@fieldback/db/scoped-db'
import { openTerritories } from '@fieldback/db/territory/move-branch.repo'
import { verdictAt } from '@fieldback/domain/access/scope'
import { nameKey } from '@fieldback/domain/account/normalise'
import { FieldbackError } from '@fieldback/domain/errors'
import type { ClashChoice } from '@fieldback/domain/territory/clash-choice'
import { isWithin } from '@fieldback/domain/territory/path'
import { LOCAL, type Rank, SUB_SECTOR } from '@fieldback/domain/territory/rank'
import { refuseChanged } from '../meanwhile.ts'
import { applyTreeSteps } from './apply-steps.ts'

const ARRANGE = 'territory.arrange'

/**
 * Puts a territory with its whole branch under another: rights, questions asked and figures of today follow; as organised
 * then, what was filed stays where it was counted. The right must hold above both places: a manager's, for the
 * sub-sectors of his local territories. TERRITORY_ROOT,
 * TERRITORY_CYCLE, TERRITORY_RANK, TERRITORY_NAME_TAKEN, TERRITORY_FIELDS_MEET {key, place, territory}, TOO_LARGE,
 * CHANGED_MEANWHILE when it does not lie where the caller knew.
 */
export async function moveTerritory(
  sdb: ScopedDb,
  input: {
    readonly territoryId: string
    readonly parentId: string
    readonly known?: string | undefined
    readonly clashes?: readonly ClashChoice[] | undefined
  },
  deps: { readonly now: () => Date; readonly newId: () => string },
): Promise<{ readonly gestureIds: readonly string[] }> {
  await lockPublications(sdb)
  const { territoryId, parentId } = input
  const territory = await requireTerritory(sdb, ARRANGE, territoryId)
  await requireTerritory(sdb, ARRANGE, parentId)
  if (territory.parentId === null) throw new FieldbackError('TERRITORY_ROOT')
  if (territory.parentId !== parentId) refuseChanged(input.known, territory.parentId)
  const clashes = [...(input.clashes ?? [])]
  const { auditIds } = await applyTreeSteps(sdb, [{ of: 'move', territoryId, parentId, clashes }], deps)
  return { gestureIds: auditIds }
}

/** Where a territory may go. */
export type PossiblePlace = {
  readonly id: string
  readonly name: string
  readonly rank: Rank
  /** Name of what it lies under itself. */
  readonly under: string | null
}

export type PossiblePlaces = {
  readonly places: readonly PossiblePlace[]
  /** Left off. */
  readonly more: number
  /** Those that a map of regions shows, by their official code; all of them, whatever is sought. */
  readonly onMap: readonly (PossiblePlace & { readonly code: string })[]
}

const PLACES_MAX = 12

type Sought = { readonly territoryId: string; readonly search: string; readonly first?: string | null }

/**
 * Under what a territory may be put, by any part of a name; its present parent is left out. For who only arranges there:
 * local territories, for a sub-sector.
 */
export async function possibleParents(sdb: ScopedDb, input: Sought): Promise<PossiblePlaces> {
  const territory = await requireTerritory(sdb, ARRANGE, input.territoryId)
  const found = await openTerritories(sdb, ARRANGE, { above: territory.rank })
  const administers = (path: string) => verdictAt(sdb.scope, 'organisation.administer', path).allowed
  const takes = ({ path, rank }: Found) => rank === LOCAL || administers(path)
  const moves = territory.rank === SUB_SECTOR || administers(territory.path)
  return chosen(
    moves
      ? found.filter(
          (place) => place.id !== territory.parentId && !isWithin(territory.path, place.path) && takes(place),
        )
      : [],
    input,
  )
}

/** With what a territory may be merged, by any part of a name: others of its level where the reader arranges. */
export async function mergeTargets(sdb: ScopedDb, input: Sought): Promise<PossiblePlaces> {
  const territory = await requireTerritory(sdb, ARRANGE, input.territoryId)
  const found = await openTerritories(sdb, ARRANGE, { at: territory.rank })
  const near = (parentId: string | null) => (parentId === territory.parentId ? 0 : 1)
  return chosen(
    found.filter(({ id }) => id !== territory.id).sort((a, b) => near(a.parentId) - near(b.parentId)),
    input,
  )
}

type Found = Awaited<ReturnType<typeof openTerritories>>[number]

function chosen(found: readonly Found[], { search, first }: Sought): PossiblePlaces {
  const key = nameKey(search)
  const named = found.filter(({ name }) => nameKey(name).includes(key))
  const wanted = found.filter(({ id }) => id === first)
  const shown = [...wanted, ...named.filter(({ id }) => id !== first)]
  const told = ({ id, name, rank, under }: Found): PossiblePlace => ({ id, name, rank: rank as Rank, under })
  return {
    places: shown.slice(0, PLACES_MAX).map(told),
    more: Math.max(0, shown.length - PLACES_MAX),
    onMap: found.flatMap((place) =>
      place.rank === 1 && place.code !== null ? [{ ...told(place), code: place.code }] : [],
    ),
  }
}
