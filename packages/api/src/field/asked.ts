import type { Holder } from '@fieldback/db/assignment/assignment.repo'
import { definitionsAround, type OwnedField } from '@fieldback/db/field/field.repo'
import { fieldUsage, NO_USAGE } from '@fieldback/db/field/usage.repo'
import type { ScopedDb } from '@fieldback/db/scoped-db'
import { verdictAt } from '@fieldback/domain/access/scope'
import { addDays, monthStart } from '@fieldback/domain/agenda/day'
import { GROUP_MIN } from '@fieldback/domain/analytics/group-size'
import { entryCost } from '@fieldback/domain/field/entry-seconds'
import type { FieldEntity, FieldType, Giveback, Localised } from '@fieldback/domain/field/field-spec'
import { resolveFields } from '@fieldback/domain/field/resolve'
import type { Lock } from '@fieldback/domain/field/tighten'
import { type ToldTouch, toldTouches } from '@fieldback/domain/field/told-touches'
import type { TerritoryRow } from '@fieldback/domain/sync/pull'
import { isWithin } from '@fieldback/domain/territory/path'
import type { Rank } from '@fieldback/domain/territory/rank'

export type AskedField = {
  readonly id: string
  readonly key: string
  readonly version: number
  readonly entity: FieldEntity
  readonly type: FieldType
  readonly label: Localised
  /** Labels of the offered answers. */
  readonly options: readonly Localised[]
  readonly unit: string | null
  readonly required: boolean
  readonly givebacks: readonly Giveback[]
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
  /** From the root down. */
  readonly owners: readonly AskedOwner[]
  /** The territory below (or this one) where most is asked; its owners are a subset of `owners`. */
  readonly longest: {
    readonly id: string
    readonly name: string
    readonly questions: number
    readonly seconds: number
  }
  /** Owners on the path to `longest`, root first. */
  readonly longestPath: readonly string[]
  /** More questions lie below than could be read. */
  readonly truncated: boolean
  /** The reader may define questions at the territory read, and tighten those it inherits. */
  readonly canDefine: boolean
}

export const FIELDS_MAX = 500

/** First day of last month: the ledger keeps months, so "lately" is this month and the one before. */
export const usageSince = (today: string): string => monthStart(addDays(monthStart(today), -1))

/** What a report, an account and a contact are asked at a territory and below it, by owner, with use and cost per question. */
export async function readAsked(
  sdb: ScopedDb,
  territory: TerritoryRow,
  path: readonly TerritoryRow[],
  reps: readonly Holder[],
): Promise<AskedHere> {
  const owned = await definitionsAround(sdb, territory.path, FIELDS_MAX + 1)
  const kept = owned.slice(0, FIELDS_MAX)
  const usage = await fieldUsage(
    sdb,
    kept.map(({ definition }) => definition.id),
    usageSince(sdb.scope.day),
  )
  const groups = new Map<string, { owner: TerritoryRow; fields: AskedField[] }>()
  for (const place of path) groups.set(place.id, { owner: place, fields: [] })
  const isOwn = (owner: TerritoryRow) => isWithin(territory.path, owner.path)
  const asked = kept.map((item) =>
    isOwn(item.owner) ? { ...item, touches: [], locked: [] } : asAskedHere(item, path),
  )
  for (const item of asked.sort(byPosition)) {
    const group = groups.get(item.owner.id) ?? { owner: item.owner, fields: [] }
    const told = usage.get(item.definition.id) ?? NO_USAGE
    group.fields.push(askedField(item, told, isOwn(item.owner) || told.people >= GROUP_MIN))
    groups.set(item.owner.id, group)
  }
  const all = [...groups.values()].sort((a, b) => (a.owner.path < b.owner.path ? -1 : 1))
  const longest = findLongest(all, territory)
  return {
    owners: all
      .filter(({ fields }) => fields.length > 0)
      .map(({ owner, fields }) => ({
        territory: { id: owner.id, name: owner.name, rank: owner.rank },
        place: owner.id === territory.id ? 'here' : isWithin(territory.path, owner.path) ? 'below' : 'above',
        reps: isWithin(territory.path, owner.path) ? countReps(reps, owner) : null,
        fields,
      })),
    longest: {
      id: longest.owner.id,
      name: longest.owner.name,
      questions: longest.on.flatMap(({ fields }) => fields).length,
      seconds: longest.seconds,
    },
    longestPath: longest.on.filter(({ fields }) => fields.length > 0).map(({ owner }) => owner.id),
    truncated: owned.length > FIELDS_MAX,
    canDefine: verdictAt(sdb.scope, 'field.define', territory).allowed,
  }
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
): AskedField {
  const { spec } = definition
  return {
    id: definition.id,
    key: definition.key,
    version: definition.version,
    entity: definition.entity,
    type: spec.type,
    label: spec.label,
    options: spec.options.filter((option) => !option.retired).map((option) => option.label),
    unit: spec.unit ?? null,
    required: spec.required,
    givebacks: spec.givebacks,
    received: countable ? usage.received : null,
    used: countable ? usage.used : null,
    ...entryCost({ type: spec.type, ...usage }),
    touches,
    locked,
  }
}

const countReps = (reps: readonly Holder[], owner: TerritoryRow): number =>
  new Set(reps.filter((rep) => isWithin(owner.path, rep.path)).map((rep) => rep.membershipId)).size

type Group = { readonly owner: TerritoryRow; readonly fields: readonly AskedField[] }

/** The place at or below a territory whose path asks for most seconds. */
function findLongest(groups: readonly Group[], territory: TerritoryRow) {
  const paths = groups
    .filter(({ owner }) => isWithin(territory.path, owner.path))
    .map(({ owner }) => {
      const on = groups.filter((group) => isWithin(group.owner.path, owner.path))
      const seconds = on.flatMap(({ fields }) => fields).reduce((sum, field) => sum + field.seconds, 0)
      return { owner, on, seconds }
    })
  const first = { owner: territory, on: [], seconds: 0 }
  return paths.reduce((longest, one) => (one.seconds > longest.seconds ? one : longest), paths[0] ?? first)
}
