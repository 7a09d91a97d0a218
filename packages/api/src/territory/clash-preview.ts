import { hangingWithin, isFieldId } from '@fieldback/db/field/field.repo'
import { answeredIn, answersOf } from '@fieldback/db/field/promotion.repo'
import type { ScopedDb } from '@fieldback/db/scoped-db'
import type { OwnedAt } from '@fieldback/db/territory/move-branch.repo'
import { verdictAt } from '@fieldback/domain/access/scope'
import { mergeCells, seriesOf } from '@fieldback/domain/analytics/series'
import { FieldbackError } from '@fieldback/domain/errors'
import type { FieldDefinition, FieldOption, FieldType, Localised } from '@fieldback/domain/field/field-spec'
import { isNamed, readsAs } from '@fieldback/domain/field/merge-map'
import { type FieldLink, liveLinks } from '@fieldback/domain/field/merges'
import { undoableUntil } from '@fieldback/domain/field/plan-promotion'
import { isOwners } from '@fieldback/domain/field/plan-publish'
import { referencesOf } from '@fieldback/domain/field/plan-references'
import {
  type ClashChoice,
  choiceFor,
  leftBehind,
  type ReadAsOne,
} from '@fieldback/domain/territory/clash-choice'
import { clashesOf } from '@fieldback/domain/territory/fields-meet'
import type { Fault } from '@fieldback/domain/territory/placement'
import type { Rank } from '@fieldback/domain/territory/rank'
import { planAt } from '../field/publish.ts'
import { previewRetype } from '../field/retype.ts'
import { asKept, type ClashField, type Coming, joinedBy, planAsOne, requireOwned } from './settle-clashes.ts'

/** One question of a clash, as it is asked before the merge. */
export type ClashSide = {
  readonly fieldId: string
  readonly label: Localised
  readonly type: FieldType
  readonly options: readonly FieldOption[]
  readonly required: boolean
  readonly place: string
  readonly rank: Rank
  /** Places of the questions that an earlier step of a draft makes it of; none of one that is asked today. */
  readonly of: readonly string[]
  /** In the figures, those read as its own included; null where they do not count it. */
  readonly answers: number | null
  /** The reader may change it. */
  readonly mayEdit: boolean
}

/** What is not read by the question that replaces one: it stays on the old one. */
export type LeftBehind = {
  readonly fieldId: string
  /** Null where the figures do not count it. */
  readonly answers: number | null
  readonly options: readonly Localised[]
}

/** What a choice does. */
export type ClashOutcome = {
  /** Why it cannot be done; null when it can. */
  readonly fault: Fault | null
  readonly left: readonly LeftBehind[]
  /** Questions asked, required or computed after the answers to one that is asked no more. */
  readonly hanging: readonly Localised[]
  /** YYYY-MM-DD: the last day on which questions that are read as one are asked apart again; null for other choices. */
  readonly undoUntil: string | null
}

export type ClashView = {
  readonly sides: readonly ClashSide[]
  /** Of the choice that was made; null while none is. */
  readonly outcome: ClashOutcome | null
}

/** Questions that clash, side by side, and what the choices that were made would do. Changes nothing. */
export function previewClashes(
  sdb: ScopedDb,
  { merged, meeting: { own, near, meets } }: Coming,
  choices: readonly ClashChoice[],
): Promise<ClashView[]> {
  return viewClashes(sdb, { merged, clashes: clashesOf(own, near, meets) }, choices)
}

/** The same for clashes that are known. */
export async function viewClashes(
  sdb: ScopedDb,
  { merged, clashes }: Pick<Coming, 'merged'> & { readonly clashes: readonly (readonly ClashField[])[] },
  choices: readonly ClashChoice[],
): Promise<ClashView[]> {
  if (clashes.length === 0) return []
  const answers = await countsOf(
    sdb,
    clashes.flat().map(({ definition }) => definition),
  )
  const views: ClashView[] = []
  for (const clash of clashes) {
    const choice = choiceFor(clash, choices)
    views.push({
      sides: clash.map((field) => sideOf(sdb, field, answers.get(field.definition.id))),
      outcome: choice ? await outcomeOf(sdb, { merged, clash, choice, answers }) : null,
    })
  }
  return views
}

type Counts = Readonly<Record<string, number>>

/** Answers by bucket, read as one with those of the questions that each was made of. */
async function countsOf(
  sdb: ScopedDb,
  definitions: readonly FieldDefinition[],
): Promise<ReadonlyMap<string, Counts>> {
  const answers = await answersOf(sdb, definitions.flatMap(seriesOf))
  const cells = [...answers].flatMap(([fieldId, counts]) =>
    Object.entries(counts).map(([bucket, n]) => ({ fieldId, bucket, n, won: 0 })),
  )
  return new Map(
    definitions.map((definition) => {
      const read = new Set(seriesOf(definition))
      const merged = mergeCells(
        definition,
        cells.filter(({ fieldId }) => read.has(fieldId)),
      )
      return [definition.id, Object.fromEntries(merged.map(({ bucket, n }) => [bucket, n]))]
    }),
  )
}

const mayEdit = ({ scope }: ScopedDb, { path, rank }: Pick<OwnedAt, 'path' | 'rank'>): boolean =>
  verdictAt(scope, 'field.define', { path, rank }).allowed

function sideOf(sdb: ScopedDb, field: ClashField, counts: Counts | undefined): ClashSide {
  const { definition, place, rank, drafted } = field
  const { label, type, options, required, reportable } = definition.spec
  return {
    fieldId: definition.id,
    label,
    type,
    options: options.filter(isOwners),
    required,
    place,
    rank,
    of: drafted?.of ?? [],
    answers: isCounted(field) && reportable ? answeredIn(counts) : null,
    mayEdit: mayEdit(sdb, field),
  }
}

/** Not one that is drafted out of answers of another type: none is converted yet. */
const isCounted = ({ definition, drafted }: ClashField): boolean =>
  !drafted || !isConverted(liveLinks(definition))
const isConverted = (links: readonly FieldLink[]): boolean =>
  links.some((link) => link.converted === true || isConverted(link.links))

type Chosen<Choice extends ClashChoice = ClashChoice> = Pick<Coming, 'merged'> & {
  readonly clash: readonly ClashField[]
  readonly choice: Choice
  readonly answers: ReadonlyMap<string, Counts>
}

async function outcomeOf(sdb: ScopedDb, chosen: Chosen): Promise<ClashOutcome> {
  const { clash, choice } = chosen
  const changed = changedBy(choice)
  const shut = shutFault(sdb, clash, choice)
  if (shut) return { ...NOTHING, fault: shut }
  if (choice.how === 'apart') return { ...NOTHING, fault: await renameFault(sdb, clash, choice) }
  const hanging = await hangingOn(
    sdb,
    clash.filter(({ definition }) => changed.includes(definition.id)),
  )
  if (choice.how === 'keep') return { ...NOTHING, hanging }
  const { merged } = chosen
  if (merged && !mayEdit(sdb, merged.into)) return { ...NOTHING, fault: forbidden(merged.into.name) }
  return { ...(await asOneOutcome(sdb, { ...chosen, choice })), hanging }
}

/** Questions that a choice changes. */
const changedBy = ({ how, fieldId, others }: ClashChoice): string[] =>
  how === 'keep' ? others : how === 'apart' ? [fieldId] : [fieldId, ...others]

/** FORBIDDEN {place} when a choice changes a question that the reader may not; null when he may. */
export function shutFault(sdb: ScopedDb, clash: readonly ClashField[], choice: ClashChoice): Fault | null {
  const changed = changedBy(choice)
  const shut = clash.find((field) => changed.includes(field.definition.id) && !mayEdit(sdb, field))
  return shut ? forbidden(shut.place) : null
}

const NOTHING: ClashOutcome = { fault: null, left: [], hanging: [], undoUntil: null }

async function hangingOn(sdb: ScopedDb, fields: readonly OwnedAt[]): Promise<Localised[]> {
  const found = new Map<string, Localised>()
  for (const { definition, path } of fields)
    for (const { fieldId, label, spec } of await hangingWithin(sdb, path))
      if (referencesOf(spec).includes(definition.id)) found.set(fieldId, label)
  return [...found.values()]
}

async function renameFault(
  sdb: ScopedDb,
  clash: readonly ClashField[],
  { fieldId, label }: Extract<ClashChoice, { how: 'apart' }>,
): Promise<Fault | null> {
  const field = clash.find(({ definition }) => definition.id === fieldId)
  if (!field) throw new FieldbackError('NOT_FOUND', { what: 'field' })
  const { definition, owner } = await requireOwned(sdb, field)
  const { entity, spec } = definition
  const { plan } = await planAt(sdb, owner, { entity, spec: { ...spec, label }, previous: definition })
  return plan.ok ? null : { code: plan.code, params: plan.params }
}

const forbidden = (place: string): Fault => ({
  code: 'FORBIDDEN',
  params: { permission: 'field.define', place },
})

async function asOneOutcome(
  sdb: ScopedDb,
  chosen: Chosen<ReadAsOne>,
): Promise<Omit<ClashOutcome, 'hanging'>> {
  const { clash, answers } = chosen
  const { madeId } = chosen.choice
  if (madeId !== undefined && (await isFieldId(sdb, madeId)))
    return { fault: { code: 'CONFLICT', params: { what: 'field' } }, left: [], undoUntil: null }
  const { kept: words, choice } = joinedBy(clash, chosen.choice)
  const { definition: kept } = words
  const left: LeftBehind[] = []
  const fields: ClashField[] = []
  let fault: Fault | null = null
  for (const field of clash) {
    const { definition, drafted } = field
    const { id, spec } = definition
    const map = choice.maps[id] ?? {}
    const options = id === kept.id ? [] : leftBehind(spec, map)
    const named = spec.options.filter((option) => options.includes(option.id)).map(({ label }) => label)
    if (readsAs(spec, kept.spec)) {
      fields.push(field)
      const counts = answers.get(id)
      const count = options.reduce((sum, option) => sum + (counts?.[option] ?? 0), 0)
      if (options.length > 0)
        left.push({
          fieldId: id,
          answers: spec.reportable && isCounted(field) ? count : null,
          options: named,
        })
      continue
    }
    const request = asKept(definition, kept, choice)
    const preview = await previewRetype(sdb, request, drafted && { definition, owner: drafted.owner })
    fault ??= preview.fault && { code: preview.fault.code, params: preview.fault.params }
    if (preview.answers.left > 0 || options.length > 0)
      left.push({
        fieldId: id,
        answers: preview.sampled || !isCounted(field) ? null : preview.answers.left,
        options: isNamed(spec) ? named : [],
      })
    fields.push({ ...field, definition: { ...definition, spec: request.spec } })
  }
  if (fault) return { fault, left, undoUntil: null }
  const { verdict } = await planAsOne(sdb, { ...chosen, kept, choice, fields })
  return {
    fault: verdict.ok ? null : { code: verdict.code, params: verdict.params },
    left,
    undoUntil: undoableUntil(sdb.scope.day),
  }
}
