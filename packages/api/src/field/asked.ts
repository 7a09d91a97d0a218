import type { Holder } from '@fieldback/db/assignment/assignment.repo'
import { definitionsById, type OwnedField } from '@fieldback/db/field/field.repo'
import { type FieldUsage, NO_USAGE } from '@fieldback/db/field/usage.repo'
import { type StandingFault, standingFaults } from '@fieldback/db/giveback/fault.repo'
import type { ScopedDb } from '@fieldback/db/scoped-db'
import { verdictAt } from '@fieldback/domain/access/scope'
import { GROUP_MIN } from '@fieldback/domain/analytics/group-size'
import { type ConditionFact, clausesOf } from '@fieldback/domain/field/condition-shape'
import { entryCost } from '@fieldback/domain/field/entry-seconds'
import type {
  FieldDefinition,
  FieldEntity,
  FieldSpec,
  FieldType,
  Giveback,
  Localised,
} from '@fieldback/domain/field/field-spec'
import { isOwners } from '@fieldback/domain/field/plan-publish'
import { resolveFields } from '@fieldback/domain/field/resolve'
import type { Lock } from '@fieldback/domain/field/tighten'
import { type ToldTouch, toldTouches } from '@fieldback/domain/field/told-touches'
import { unitOf } from '@fieldback/domain/field/types/number'
import type { TerritoryRow } from '@fieldback/domain/sync/pull'
import { isWithin } from '@fieldback/domain/territory/path'
import type { Rank } from '@fieldback/domain/territory/rank'
import {
  type AskedRest,
  type AskedTotal,
  nextPage,
  type OutlineLine,
  readOutline,
  totalOf,
} from './asked-outline.ts'

export type AskedField = {
  readonly id: string
  readonly key: string
  readonly version: number
  readonly entity: FieldEntity
  readonly type: FieldType
  readonly label: Localised
  /** Labels of the offered answers; of a list reference none, for there are thousands. */
  readonly options: readonly Localised[]
  readonly unit: string | null
  readonly required: boolean
  /** Of a question asked only under a condition: the questions and facts it hangs on. */
  readonly when: { readonly labels: readonly Localised[]; readonly facts: readonly ConditionFact[] } | null
  readonly givebacks: readonly Giveback[]
  /** Those of them that reach nobody any more; of the branch's own questions. */
  readonly broken: readonly StandingFault[]
  /**
   * Returns shown, and opened or acted on, since the first day of last month, over everybody. Null for a question asked
   * from above while fewer than five people have answered it: they may be beyond the reader's branch.
   */
  readonly received: number | null
  readonly used: number | null
  /** Seconds of one answer; `measured` false: assumed, fewer than five people have answered. */
  readonly seconds: number
  readonly measured: boolean
  /** Of a question asked from above: what the levels from its owner to the territory read make of it, and what they lock. */
  readonly touches: readonly ToldTouch[]
  readonly locked: readonly Lock[]
}

export type AskedOwner = {
  readonly territory: { readonly id: string; readonly name: string; readonly rank: Rank }
  readonly place: 'above' | 'here' | 'below'
  /** People with the role of rep in its branch, within the branch read; null above. */
  readonly reps: number | null
  readonly fields: readonly AskedField[]
}

export type AskedHere = {
  /** From the root down: those above and here, and the first below; `rest` says of those that are left. */
  readonly owners: readonly AskedOwner[]
  readonly rest: AskedRest
  /** Of all, those left included. */
  readonly totals: { readonly above: AskedTotal; readonly own: AskedTotal }
  /** The territory below (or this one) where most is asked; its owners are a subset of `owners`. */
  readonly longest: {
    readonly id: string
    readonly name: string
    readonly questions: number
    readonly seconds: number
  }
  /** Owners on the path to `longest`, root first. */
  readonly longestPath: readonly string[]
  /** The reader may define questions at the territory read, and tighten those it inherits. */
  readonly canDefine: boolean
}

/** What a report, an account and a contact are asked at a territory and below it, by owner, with use and cost per question. */
export async function readAsked(
  sdb: ScopedDb,
  territory: TerritoryRow,
  path: readonly TerritoryRow[],
  reps: readonly Holder[],
): Promise<AskedHere> {
  const outline = await readOutline(sdb, territory)
  const { near, queue, longest } = outline
  const { page, rest } = nextPage(queue, null)
  const owners = await loadOwners(sdb, [...near, ...page], { territory, path, reps, usage: outline.usage })
  return {
    owners,
    rest,
    totals: {
      above: totalOf(near.filter(({ owner }) => !isWithin(territory.path, owner.path))),
      own: totalOf([...near, ...queue].filter(({ owner }) => isWithin(territory.path, owner.path))),
    },
    longest: { id: longest.owner.id, name: longest.owner.name, ...totalOf(longest.on) },
    longestPath: longest.on.map(({ owner }) => owner.id),
    canDefine: verdictAt(sdb.scope, 'field.define', territory).allowed,
  }
}

/** The owners below a territory that come behind one of them in the list; behind none, the first. */
export async function readBelow(
  sdb: ScopedDb,
  territory: TerritoryRow,
  {
    after,
    ...known
  }: {
    readonly after: string | null
    readonly path: readonly TerritoryRow[]
    readonly reps: readonly Holder[]
  },
): Promise<Pick<AskedHere, 'owners' | 'rest'>> {
  const outline = await readOutline(sdb, territory)
  const { page, rest } = nextPage(outline.queue, after)
  return { owners: await loadOwners(sdb, page, { territory, ...known, usage: outline.usage }), rest }
}

type Known = {
  readonly territory: TerritoryRow
  readonly path: readonly TerritoryRow[]
  readonly reps: readonly Holder[]
  readonly usage: ReadonlyMap<string, FieldUsage>
}

/** The questions of some owners in full, from the root down. */
async function loadOwners(
  sdb: ScopedDb,
  lines: readonly OutlineLine[],
  { territory, path, reps, usage }: Known,
): Promise<AskedOwner[]> {
  const definitions = await definitionsById(
    sdb,
    lines.flatMap(({ fields }) => fields.map(({ id }) => id)),
  )
  const ownerOf = new Map(lines.map(({ owner }) => [owner.id, owner]))
  const owned = definitions.flatMap((definition): OwnedField[] => {
    const owner = ownerOf.get(definition.territoryId)
    return owner ? [{ definition, owner }] : []
  })
  const isOwn = (owner: TerritoryRow) => isWithin(territory.path, owner.path)
  const groups = new Map<string, AskedField[]>(lines.map(({ owner }) => [owner.id, []]))
  const asked = owned.map((item) =>
    isOwn(item.owner) ? { ...item, touches: [], locked: [] } : asAskedHere(item, path),
  )
  const labels = await labelsAround(sdb, definitions)
  const broken = await standingFaults(
    sdb,
    owned.flatMap(({ definition, owner }) => (isOwn(owner) ? definition.id : [])),
  )
  for (const item of asked.sort(byPosition)) {
    const told = usage.get(item.definition.id) ?? NO_USAGE
    groups.get(item.owner.id)?.push({
      ...askedField(item, told, isOwn(item.owner) || told.people >= GROUP_MIN),
      broken: broken.get(item.definition.id) ?? [],
      when: whenAsked(item.definition.spec, labels),
    })
  }
  return lines
    .toSorted((a, b) => (a.owner.path < b.owner.path ? -1 : 1))
    .map(({ owner }) => ({
      territory: { id: owner.id, name: owner.name, rank: owner.rank },
      place: owner.id === territory.id ? 'here' : isOwn(owner) ? 'below' : 'above',
      reps: isOwn(owner) ? countReps(reps, owner) : null,
      fields: groups.get(owner.id) ?? [],
    }))
}

const byPosition = (a: OwnedField, b: OwnedField): number =>
  a.definition.spec.position - b.definition.spec.position || (a.definition.id < b.definition.id ? -1 : 1)

type AsAsked = OwnedField & Pick<AskedField, 'touches' | 'locked'>

/** A question of a level above as the end of the path asks it. */
function asAskedHere({ definition, owner }: OwnedField, path: readonly TerritoryRow[]): AsAsked {
  const nodes = path.map(({ id, name, rank }) => ({ id, name, rank }))
  const below = nodes.slice(1 + nodes.findIndex(({ id }) => id === owner.id))
  const [asked] = resolveFields(nodes, [definition], definition.entity)
  return {
    owner,
    definition: asked ?? definition,
    touches: toldTouches(definition, { id: owner.id, name: owner.name, rank: owner.rank }, below),
    locked: asked?.locked ?? [],
  }
}

function askedField(
  { definition, touches, locked }: AsAsked,
  usage: typeof NO_USAGE,
  countable: boolean,
): Omit<AskedField, 'when' | 'broken'> {
  const { spec } = definition
  return {
    id: definition.id,
    key: definition.key,
    version: definition.version,
    entity: definition.entity,
    type: spec.type,
    label: spec.label,
    options: spec.options.filter((option) => !option.retired && isOwners(option)).map(({ label }) => label),
    unit: unitOf(spec),
    required: spec.required,
    givebacks: spec.givebacks,
    received: countable ? usage.received : null,
    used: countable ? usage.used : null,
    ...entryCost({ type: spec.type, ...usage }),
    touches,
    locked,
  }
}

/** The words of questions, and of those that they hang on, wherever these stand. */
async function labelsAround(
  sdb: ScopedDb,
  definitions: readonly FieldDefinition[],
): Promise<Map<string, Localised>> {
  const known = new Map(definitions.map(({ id, spec }) => [id, spec.label]))
  const named = definitions.flatMap(({ spec }) => (spec.shownIf ? clausesOf(spec.shownIf) : []))
  const beyond = new Set(named.flatMap(({ field }) => (field && !known.has(field) ? [field] : [])))
  if (beyond.size > 0)
    for (const { id, spec } of await definitionsById(sdb, [...beyond])) known.set(id, spec.label)
  return known
}

/** What a condition hangs on; a question that is no longer asked is left out. */
function whenAsked({ shownIf }: FieldSpec, labels: ReadonlyMap<string, Localised>): AskedField['when'] {
  if (!shownIf) return null
  const clauses = clausesOf(shownIf)
  const ids = new Set(clauses.flatMap(({ field }) => field ?? []))
  return {
    labels: [...ids].flatMap((id) => labels.get(id) ?? []),
    facts: [...new Set(clauses.flatMap(({ fact }) => fact ?? []))],
  }
}

const countReps = (reps: readonly Holder[], owner: TerritoryRow): number =>
  new Set(reps.filter((rep) => isWithin(owner.path, rep.path)).map((rep) => rep.membershipId)).size
