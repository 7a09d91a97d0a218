import { addDays } from '../agenda/day.ts'
import type { ErrorCode, ErrorParams } from '../errors.ts'
import { type BranchFacts, checkGiveback } from '../giveback/check-giveback.ts'
import { isWithin, type Path } from '../territory/path.ts'
import { type Carried, carryOver, type Loosened } from './carry-over.ts'
import type { FieldDefinition, FieldSpec, GivebackKind } from './field-spec.ts'
import { isNamed, mapFault, readsAs } from './merge-map.ts'
import { type AnswerMap, type FieldLink, liveLinks, sourcesOf } from './merges.ts'
import { type PublishInput, type PublishPlan, planPublication, withItems } from './plan-publish.ts'

/** A question that is to become part of another, and what is known of the branch that asks it. */
export type PromotedSource = {
  readonly definition: FieldDefinition
  readonly owner: { readonly id: string; readonly name: string; readonly path: Path }
  /** Of its owner's answers; null for answers that are read as they stand. */
  readonly map: AnswerMap | null
  readonly facts: BranchFacts
}

export type PromotionInput = Omit<PublishInput, 'previous' | 'territoryId'> & {
  readonly territory: { readonly id: string; readonly path: Path }
  readonly sources: readonly PromotedSource[]
  /** What becomes less strict has been read. */
  readonly acceptLooser: boolean
  /** Their branches come together by the same change: they may stand at its own territory, and above each other. */
  readonly meeting?: boolean
}

/** What the owner of a question gets back for it: the returns of the new one that work in his branch. */
export type Given = { readonly fieldId: string; readonly kinds: readonly GivebackKind[] }

export type PromotionPlan = {
  readonly publication: Extract<PublishPlan, { ok: true }>
  readonly links: readonly FieldLink[]
  readonly carried: readonly Carried[]
  readonly loosened: readonly Loosened[]
  readonly given: readonly Given[]
}

type Fault = { readonly code: ErrorCode; readonly params: ErrorParams }
export type PromotionVerdict = ({ readonly ok: true } & PromotionPlan) | ({ readonly ok: false } & Fault)

export const PROMOTION_SOURCES_MAX = 20

/** Days in which a promotion can be taken back. */
export const UNDO_DAYS = 30
export const undoableUntil = (day: string): string => addDays(day, UNDO_DAYS)

/**
 * Decides a promotion, touching nothing: one question at a territory above those of its sources, their answers read as
 * its own, published by the same rules as any. In each branch that loses its own question one of the returns works, or
 * it is refused: whoever takes a question over gives something for it.
 * PROMOTION_PLACE {territory}, PROMOTION_MEET {territory}, PROMOTION_TYPE {question}, PROMOTION_MAP {question, option},
 * PROMOTION_GIVES_NOTHING {territory, kind, reason, ...}, PROMOTION_LOOSENS {count}, CONFLICT (retired), and those of
 * planPublication.
 */
export function planPromotion(input: PromotionInput): PromotionVerdict {
  const { sources, territory } = input
  const ids = new Set(
    sources.flatMap(({ definition }) => [definition.id, ...sourcesOf(liveLinks(definition))]),
  )
  const publication = planPublication({
    ...input,
    territoryId: territory.id,
    previous: null,
    // They leave it their words, and keep their keys; so does what those that are drafted are made of.
    holders: input.holders.map((holder) => (ids.has(holder.fieldId) ? { ...holder, retired: true } : holder)),
  })
  const fault = placeFault(input)
  if (fault) return { ok: false, ...fault }
  if (!publication.ok) return publication
  const { spec } = publication
  const unfit = sources.map((source) => sourceFault(source, input.entity, spec)).find((one) => one !== null)
  if (unfit) return { ok: false, ...unfit }
  const over = sources.map(({ definition, owner, map }) =>
    carryOver(definition, spec, { map, owner: owner.id !== territory.id }),
  )
  const given = sources.map(({ definition, facts }) => ({
    fieldId: definition.id,
    kinds: workingIn(facts, { entity: input.entity, spec: withItems(spec, input.items) }),
  }))
  const nothing = sources.find((_, at) => given[at]?.kinds.length === 0)
  if (nothing) return { ok: false, ...givesNothing(nothing, input.entity, spec) }
  const loosened = over.flatMap((one) => one.loosened)
  if (loosened.length > 0 && !input.acceptLooser)
    return { ok: false, code: 'PROMOTION_LOOSENS', params: { count: loosened.length } }
  return {
    ok: true,
    publication,
    links: sources.map(({ definition }, at) => ({
      from: definition.id,
      map: over[at]?.map ?? null,
      links: liveLinks(definition),
    })),
    carried: over.flatMap((one) => one.carried),
    loosened,
    given,
  }
}

/** The returns of a question that work in a branch. */
export const workingIn = (
  facts: BranchFacts,
  question: Pick<FieldDefinition, 'entity' | 'spec'>,
): GivebackKind[] =>
  question.spec.givebacks
    .filter((giveback) => checkGiveback(giveback, question, facts).working)
    .map(({ kind }) => kind)

/** Above all of them, and no two of them asked of the same account: an answer would be read twice. */
function placeFault({ sources, territory, meeting }: PromotionInput): Fault | null {
  if (sources.length === 0) return { code: 'INVALID_INPUT', params: { path: ['sources'] } }
  if (meeting) return null
  for (const { owner } of sources)
    if (owner.id === territory.id || !isWithin(territory.path, owner.path))
      return { code: 'PROMOTION_PLACE', params: { territory: owner.name } }
  for (const [at, { owner }] of sources.entries()) {
    const near = sources.slice(at + 1).find((other) => meet(owner.path, other.owner.path))
    if (near) return { code: 'PROMOTION_MEET', params: { territory: near.owner.name } }
  }
  return null
}

const meet = (a: Path, b: Path): boolean => isWithin(a, b) || isWithin(b, a)

function sourceFault(
  { definition, map }: PromotedSource,
  entity: FieldDefinition['entity'],
  to: FieldSpec,
): Fault | null {
  const question = definition.spec.label.fr
  if (definition.retired) return { code: 'CONFLICT', params: { what: 'field' } }
  const alike =
    definition.entity === entity &&
    readsAs(definition.spec, to) &&
    definition.spec.reportable === to.reportable
  if (!alike) return { code: 'PROMOTION_TYPE', params: { question } }
  const option = mapFault(definition.spec, isNamed(definition.spec) ? map : null, to)
  return option === null ? null : { code: 'PROMOTION_MAP', params: { question, option } }
}

function givesNothing(
  { owner, facts }: PromotedSource,
  entity: FieldDefinition['entity'],
  spec: FieldSpec,
): Fault {
  const [first] = spec.givebacks
  const verdict = first && checkGiveback(first, { entity, spec }, facts)
  const told = !verdict || verdict.working ? {} : { ...verdict.params, reason: verdict.code }
  return {
    code: 'PROMOTION_GIVES_NOTHING',
    params: { ...told, kind: first?.kind ?? '', territory: owner.name },
  }
}
