import { nameKey } from '../account/normalise.ts'
import type { BranchFacts } from '../giveback/check-giveback.ts'
import { type FileList, type HeldList, itemMap, mapItems, mapWithout, sameList } from '../list/map-list.ts'
import type { TerritoryRow } from '../sync/pull.ts'
import { isWithin, pathIds } from '../territory/path.ts'
import {
  type FieldDefinition,
  type FieldEntity,
  type FieldSpec,
  fieldSpec,
  type Localised,
  type TighteningSpec,
  tighteningSpec,
} from './field-spec.ts'
import type { Fault, FileKey, FileLine, FilePlace, FileQuestion, FileTightening } from './fields-file.ts'
import { mapReferences } from './map-references.ts'
import {
  isListReference,
  isOwners,
  type KeyHolder,
  type PublishPlan,
  planPublication,
  tidySpec,
} from './plan-publish.ts'
import { type References, referencesOf } from './plan-references.ts'
import { planTightening } from './plan-tightening.ts'
import { resolveFields } from './resolve.ts'

export type Place = TerritoryRow & { readonly code: string | null }

/** All that an import is judged on. */
export type ImportContext = {
  /** The territory that the file goes into. */
  readonly into: Place
  /** Open territories from the root to it, and of its branch. */
  readonly places: readonly Place[]
  /** Every question of those territories at its version in force, retired ones included. */
  readonly definitions: readonly FieldDefinition[]
  /** Typed columns in use in the whole organisation. */
  readonly slots: readonly { readonly entity: FieldEntity; readonly slot: string; readonly path: string }[]
  /** Of the branches of territories that the file names (placesNamed). */
  readonly facts: ReadonlyMap<string, BranchFacts>
  /** Of the file: who the questions are that its lines name. */
  readonly references: ReadonlyMap<string, FileKey>
  /** Of the file, and those of the territories; absent where the file names none. */
  readonly lists?: { readonly file: ReadonlyMap<string, FileList>; readonly here: readonly HeldList[] }
}

export type LineVerdict =
  | { readonly is: 'new' }
  | { readonly is: 'version'; readonly changes: readonly string[] }
  | { readonly is: 'unchanged' }
  | ({ readonly is: 'refused' } & Fault)

/** One line of the file, as it would be imported. */
export type ImportLine = {
  /** From 0, in the order of the file: questions, then tightenings. */
  readonly at: number
  readonly of: 'question' | 'tightening'
  readonly key: string
  readonly label: Localised | null
  /** Name of the territory it goes to; of the file, where there is none. */
  readonly place: string
  /** The version in force that it was compared with; null for none. */
  readonly baseVersion: number | null
  readonly verdict: LineVerdict
}

export type PlannedQuestion = {
  readonly territory: Place
  readonly entity: FieldEntity
  readonly fieldId: string
  readonly previous: FieldDefinition | null
  readonly plan: Extract<PublishPlan, { ok: true }>
}
export type PlannedTightening = {
  readonly id: string
  readonly fieldId: string
  readonly key: string
  readonly territoryId: string
  readonly version: number
  readonly spec: TighteningSpec
}
export type FieldsImport = {
  readonly lines: readonly ImportLine[]
  readonly questions: readonly PlannedQuestion[]
  readonly tightenings: readonly PlannedTightening[]
}

/** The territory that a place of the file is here: by code, else by name, one level at a time; null when there is none. */
export function findPlace(
  { into, places }: Pick<ImportContext, 'into' | 'places'>,
  at: FilePlace,
): Place | null {
  return at.reduce<Place | null>((parent, { name, code }) => {
    if (!parent) return null
    const below = places.filter(({ parentId }) => parentId === parent.id)
    return (
      (code === null ? undefined : below.find((one) => one.code === code)) ??
      below.find((one) => nameKey(one.name) === nameKey(name)) ??
      null
    )
  }, into)
}

/** Territories whose branch the questions of a file are judged on. */
export const placesNamed = (
  lines: readonly FileLine[],
  context: Pick<ImportContext, 'into' | 'places'>,
): Place[] => [
  ...new Map(
    lines
      .flatMap((line) => (line.is === 'question' ? (findPlace(context, line.said.at) ?? []) : []))
      .map((found) => [found.id, found]),
  ).values(),
]

/** What the lines before have already made of the organisation. */
type Draft = { definitions: FieldDefinition[]; slots: ImportContext['slots'][number][] }

/**
 * Decides what a file would make of a territory's questions, touching nothing. Each line is published as by hand, on top
 * of those before it: no return, no question. `chosen`: only these lines; the others are as if they were not there.
 * Besides the codes of planPublication and planTightening: FIELDS_LINE_INVALID, FIELDS_PLACE_UNKNOWN, FIELDS_LINE_TWICE,
 * FIELDS_QUESTION_RETIRED, FIELDS_QUESTION_UNKNOWN.
 */
export function planFieldsImport(
  file: readonly FileLine[],
  context: ImportContext,
  newId: () => string,
  chosen?: ReadonlySet<number>,
): FieldsImport {
  const draft: Draft = { definitions: [...context.definitions], slots: [...context.slots] }
  const seen = new Set<string>()
  const lines: ImportLine[] = []
  const questions: PlannedQuestion[] = []
  const tightenings: PlannedTightening[] = []
  for (const { line, at } of inOrder(file, context)) {
    if (chosen && !chosen.has(at)) continue
    if (line.is === 'invalid') {
      const verdict = { is: 'refused', ...line.fault } as const
      lines.push({ at, of: line.of, key: line.key, label: null, place: '', baseVersion: null, verdict })
      continue
    }
    const key = line.is === 'question' ? line.said.key : line.said.of.key
    const place = findPlace(context, line.said.at)
    const told = { at, of: line.is, key, place: place?.name ?? nameOf(line.said.at, context) }
    const refuse = (fault: Fault) =>
      lines.push({
        ...told,
        label: line.is === 'question' ? line.said.spec.label : null,
        baseVersion: null,
        verdict: { is: 'refused', ...fault },
      })
    if (!place) {
      refuse({ code: 'FIELDS_PLACE_UNKNOWN', params: { place: told.place } })
      continue
    }
    const entity = line.is === 'question' ? line.said.entity : line.said.of.entity
    const mark = JSON.stringify([line.is, place.id, entity, key])
    if (seen.has(mark)) {
      refuse({ code: 'FIELDS_LINE_TWICE', params: { key } })
      continue
    }
    seen.add(mark)
    if (line.is === 'question') {
      const { planned, ...rest } = planQuestion(line.said, place, { context, draft, newId })
      lines.push({ ...told, ...rest })
      if (planned) questions.push(planned)
    } else {
      const { planned, ...rest } = planLayer(line.said, place, { context, draft, newId })
      lines.push({ ...told, ...rest })
      if (planned) tightenings.push(planned)
    }
  }
  return { lines: lines.sort((a, b) => a.at - b.at), questions, tightenings }
}

/**
 * Questions first, each behind those it hangs on, then tightenings from the root down: one that a level makes is judged on
 * those above it.
 */
function inOrder(file: readonly FileLine[], context: ImportContext) {
  const depth = (line: FileLine): number =>
    line.is === 'tightening' ? 1 + (findPlace(context, line.said.at)?.rank ?? 0) : 0
  const numbered = file.map((line, at) => ({ line, at }))
  return sourcesFirst(numbered, context).sort((a, b) => depth(a.line) - depth(b.line))
}

type Numbered = { readonly line: FileLine; readonly at: number }

const markOf = ({ entity, key }: FileKey): string => `${entity} ${key}`

/** As the file has them, but none before the questions that it hangs on; of a circle, one comes first and is refused. */
function sourcesFirst(lines: readonly Numbered[], { references }: ImportContext): Numbered[] {
  const byMark = new Map<string, Numbered[]>()
  for (const one of lines) {
    if (one.line.is !== 'question') continue
    const mark = markOf(one.line.said)
    byMark.set(mark, [...(byMark.get(mark) ?? []), one])
  }
  const placed = new Set<Numbered>()
  const met = new Set<Numbered>()
  // By hand rather than by calls: a chain may be as long as the file.
  const waiting = lines.toReversed()
  for (let one = waiting.at(-1); one; one = waiting.at(-1)) {
    const before = met.has(one) ? [] : sourcesOf(one.line).filter((source) => !met.has(source))
    met.add(one)
    if (before.length > 0) waiting.push(...before)
    else placed.add(waiting.pop() ?? one)
  }
  return [...placed]

  function sourcesOf(line: FileLine): readonly Numbered[] {
    if (line.is !== 'question') return []
    return referencesOf(line.said.spec).flatMap((id) => {
      const named = references.get(id)
      return named ? (byMark.get(markOf(named)) ?? []) : []
    })
  }
}

const nameOf = (at: FilePlace, { into }: ImportContext): string =>
  at.length === 0 ? into.name : at.map(({ name }) => name).join(' › ')

type Planning = { readonly context: ImportContext; readonly draft: Draft; readonly newId: () => string }
type Planned<T> = Pick<ImportLine, 'label' | 'baseVersion' | 'verdict'> & { readonly planned: T | null }

function planQuestion(
  { entity, key, spec: written }: FileQuestion,
  territory: Place,
  { context, draft, newId }: Planning,
): Planned<PlannedQuestion> {
  const references = referencesAround(draft, territory, context.places)
  const at = heldAt(territory, context)
  const spec = mapReferences(asHere(written, at), (id) => {
    const named = context.references.get(id)
    return named && foundAs(named, references)?.id
  })
  const found = draft.definitions.find(
    (one) => one.territoryId === territory.id && one.entity === entity && one.key === key,
  )
  const previous = found ?? null
  const baseVersion = previous?.version ?? null
  const refused = (fault: Fault) =>
    ({ label: spec.label, baseVersion, verdict: { is: 'refused', ...fault }, planned: null }) as const
  const lacking = lackingList(written, at)
  if (lacking !== null) return refused({ code: 'FIELDS_LIST_UNKNOWN', params: { list: lacking } })
  const items = at.here.find(({ id }) => id === spec.list)?.items
  if (previous?.retired) return refused({ code: 'FIELDS_QUESTION_RETIRED', params: { key } })
  const before = previous && ownSpec(previous)
  const changes = before ? changedParts(before, tidySpec(entity, spec)) : []
  if (before && changes.length === 0)
    return { label: spec.label, baseVersion, verdict: { is: 'unchanged' }, planned: null }
  const facts = context.facts.get(territory.id)
  if (!facts) throw new Error('a branch whose facts were not read')
  const near = draft.slots.filter((slot) => slot.entity === entity && overlap(slot.path, territory.path))
  const plan = planPublication({
    territoryId: territory.id,
    entity,
    spec,
    previous,
    key,
    holders: holdersNear(draft, territory, { entity, but: previous?.id, places: context.places }),
    slots: {
      anywhere: new Set(draft.slots.filter((slot) => slot.entity === entity).map(({ slot }) => slot)),
      overlapping: new Set(near.map(({ slot }) => slot)),
    },
    facts,
    references,
    ...(items ? { items } : {}),
  })
  if (!plan.ok) return refused({ code: plan.code, params: plan.params })
  const fieldId = previous?.id ?? newId()
  const next: FieldDefinition = {
    ...(previous ?? { id: fieldId, territoryId: territory.id, entity, tightenings: [] }),
    key: plan.key,
    version: plan.version,
    retired: false,
    slot: plan.slot,
    spec: { ...plan.spec, options: [...plan.spec.options, ...(items ?? localOptions(previous))] },
  }
  draft.definitions = [...draft.definitions.filter(({ id }) => id !== fieldId), next]
  if (!previous && plan.slot !== null) draft.slots.push({ entity, slot: plan.slot, path: territory.path })
  return {
    label: spec.label,
    baseVersion,
    verdict: previous ? { is: 'version', changes } : { is: 'new' },
    planned: { territory, entity, fieldId, previous, plan },
  }
}

type ListsAt = Required<ImportContext>['lists']

/** The lists that a question of a territory may name, with what they offer there. */
function heldAt({ path }: Place, { lists }: ImportContext): ListsAt {
  const above = new Set(pathIds(path))
  const offered = ({ item }: FieldSpec['options'][number]): boolean =>
    item !== undefined && above.has(item.territoryId)
  return {
    file: lists?.file ?? new Map(),
    here: (lists?.here ?? [])
      .filter(({ territoryId }) => above.has(territoryId))
      .map((list) => ({ ...list, items: list.items.filter(offered) })),
  }
}

/** A question with its list, and the items that it names, as they are here. */
function asHere(written: FieldSpec, at: ListsAt): FieldSpec {
  const { file, here } = at
  const ids = itemsHere(at)
  const named = written.list === undefined ? undefined : file.get(written.list)
  const list = named && sameList(named, here)?.id
  return { ...mapItems(written, (id) => ids.get(id)), ...(list ? { list } : {}) }
}

/** For each item that a file names, the one that it is here. */
const itemsHere = ({ file, here }: ListsAt): ReadonlyMap<string, string> =>
  new Map(
    [...file.values()].flatMap((list) => {
      const held = sameList(list, here)
      return held ? [...itemMap(list, held)] : []
    }),
  )

/** What a list is called that a question needs and that is not here; null when none is lacking. */
function lackingList({ type, list }: FieldSpec, { file, here }: ListsAt): string | null {
  if (!isListReference({ type }) || list === undefined) return null
  const named = file.get(list)
  if (named) return sameList(named, here) ? null : named.name.fr
  return here.some(({ id }) => id === list) ? null : ''
}

/** What a question of a territory may hang on, and what of its branch hangs on others. */
function referencesAround(
  { definitions }: Draft,
  { path }: Place,
  places: readonly Place[],
): References & { readonly referable: readonly FieldDefinition[] } {
  const pathOf = new Map(places.map((one) => [one.id, one.path]))
  const at = ({ territoryId }: FieldDefinition): string => pathOf.get(territoryId) ?? ''
  return {
    referable: definitions.filter((one) => at(one) !== '' && isWithin(at(one), path)),
    below: definitions.filter((one) => at(one) !== path && isWithin(path, at(one))),
  }
}

/** The question that a file names, as it is here; of two, the one that is asked. */
const foundAs = (
  { entity, key }: FileKey,
  { referable }: { readonly referable: readonly FieldDefinition[] },
): FieldDefinition | undefined => {
  const found = referable.filter((one) => one.entity === entity && one.key === key)
  return found.find(({ retired }) => !retired) ?? found[0]
}

function planLayer(
  { of, spec: written }: FileTightening,
  territory: Place,
  { context, draft, newId }: Planning,
): Planned<PlannedTightening> {
  const path = pathIds(territory.path).flatMap((id) => context.places.find((place) => place.id === id) ?? [])
  const nodes = path.map(({ id, name, rank }) => ({ id, name, rank }))
  const above = new Set(nodes.slice(0, -1).map(({ id }) => id))
  const definition = draft.definitions.find(
    (one) => !one.retired && above.has(one.territoryId) && one.entity === of.entity && one.key === of.key,
  )
  const others = definition?.tightenings?.filter(({ territoryId }) => territoryId !== territory.id) ?? []
  const [inherited] = definition
    ? resolveFields(nodes, [{ ...definition, tightenings: others }], of.entity)
    : []
  if (!definition || !inherited) {
    const fault = { code: 'FIELDS_QUESTION_UNKNOWN', params: { key: of.key } } as const
    return { label: null, baseVersion: null, verdict: { is: 'refused', ...fault }, planned: null }
  }
  const previous = definition.tightenings?.find(({ territoryId }) => territoryId === territory.id) ?? null
  const ids = itemsHere(heldAt(territory, context))
  const spec = mapWithout(written, (id) => ids.get(id))
  const baseVersion = previous?.version ?? null
  const { label } = definition.spec
  const changes = previous ? changedParts(tighteningSpec.parse(previous.spec), spec) : []
  if (previous && changes.length === 0)
    return { label, baseVersion, verdict: { is: 'unchanged' }, planned: null }
  const plan = planTightening({ inherited, territory, previous, spec })
  if (!plan.ok)
    return {
      label,
      baseVersion,
      verdict: { is: 'refused', code: plan.code, params: plan.params },
      planned: null,
    }
  const layer = {
    id: previous?.id ?? newId(),
    territoryId: territory.id,
    version: plan.version,
    spec: plan.spec,
  }
  draft.definitions = draft.definitions.map((one) =>
    one.id === definition.id
      ? {
          ...one,
          spec: { ...one.spec, options: [...one.spec.options, ...added(one.spec, plan.spec)] },
          tightenings: [...others, layer],
        }
      : one,
  )
  return {
    label,
    baseVersion,
    verdict: previous ? { is: 'version', changes } : { is: 'new' },
    planned: { ...layer, fieldId: definition.id, key: definition.key },
  }
}

/** A level's own answers, as every reader of the question finds them among its options. */
const added = (spec: FieldSpec, layer: TighteningSpec): FieldSpec['options'] => {
  const held = new Set(spec.options.map(({ id }) => id))
  return layer.options.filter(({ id }) => !held.has(id)).map((option) => ({ ...option, retired: true }))
}

const localOptions = (previous: FieldDefinition | null): FieldSpec['options'] =>
  previous?.spec.options.filter((option) => !isOwners(option)) ?? []

/** As its owner wrote it: without the answers of levels below, and with what older versions left unsaid. */
const ownSpec = ({ entity, spec }: FieldDefinition): FieldSpec => tidySpec(entity, fieldSpec.parse(spec))

const overlap = (a: string, b: string): boolean => isWithin(a, b) || isWithin(b, a)

function holdersNear(
  { definitions }: Draft,
  territory: Place,
  near: { readonly entity: FieldEntity; readonly but: string | undefined; readonly places: readonly Place[] },
): KeyHolder[] {
  const owners = new Map(
    near.places.filter(({ path }) => overlap(path, territory.path)).map((place) => [place.id, place]),
  )
  return definitions.flatMap(({ id, key, entity, retired, spec, territoryId }) => {
    const owner = owners.get(territoryId)
    if (!owner || entity !== near.entity || id === near.but) return []
    return [{ fieldId: id, key, label: spec.label.fr, retired, territoryId, territoryName: owner.name }]
  })
}

/** Which parts of what was said differ, whatever the order of their properties. */
function changedParts(before: object, after: object): string[] {
  const [a, b] = [new Map(Object.entries(before)), new Map(Object.entries(after))]
  return [...new Set([...a.keys(), ...b.keys()])].filter(
    (part) => canonical(a.get(part)) !== canonical(b.get(part)),
  )
}

/** The same text for the same content. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  )
}
