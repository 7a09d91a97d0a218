import { findPlaces } from '@fieldback/db/analytics/place.repo'
import { writeAudits } from '@fieldback/db/audit/audit.repo'
import { type Branch, branchFacts } from '@fieldback/db/field/branch-facts.repo'
import { conversionsOf, holdTypes, sampleAnswers } from '@fieldback/db/field/conversion.repo'
import {
  keyHolders,
  lockPublications,
  type OwnedField,
  referencesAround,
  usedSlots,
} from '@fieldback/db/field/field.repo'
import { answeredIn, answersOf, insertPromotion } from '@fieldback/db/field/promotion.repo'
import { publishTightening } from '@fieldback/db/field/tightening.repo'
import { hiddenTextFields, type ScopedDb } from '@fieldback/db/scoped-db'
import { enqueue } from '@fieldback/db/sync/enqueue'
import { lockTree } from '@fieldback/db/territory/tree-lock.repo'
import { changesOf } from '@fieldback/domain/audit/changes'
import { type ErrorCode, type ErrorParams, FieldbackError } from '@fieldback/domain/errors'
import { isText } from '@fieldback/domain/field/answer'
import { type Conversion, idsBehind } from '@fieldback/domain/field/conversion'
import type { Way } from '@fieldback/domain/field/convert'
import type { FieldSpec } from '@fieldback/domain/field/field-spec'
import type { Lockable } from '@fieldback/domain/field/lockable'
import { liveLinks } from '@fieldback/domain/field/merges'
import { undoableUntil, workingIn } from '@fieldback/domain/field/plan-promotion'
import { tidySpec } from '@fieldback/domain/field/plan-publish'
import { planRetype, type RetypeVerdict, tidyWay } from '@fieldback/domain/field/plan-retype'
import { type ConversionTally, tallyConversion } from '@fieldback/domain/field/tally-conversion'
import type { Rank } from '@fieldback/domain/territory/rank'
import { joinConcept } from '../concept/join.ts'
import { normalisePhone } from '../sync/normalise-phone.ts'
import { ownersSpec, publishPlanned, requireField } from './publish.ts'

/** Whoever is at work on answers, an import say, ends its batch first. */
export const RETYPE_TX = { timeout: 15_000 }

export type RetypeRequest = {
  readonly fieldId: string
  /** As it was seen. */
  readonly version: number
  readonly spec: FieldSpec
  readonly way: Omit<Way, 'natural'>
  readonly acceptLooser: boolean
}

/** What another type would change, and what it would be refused for. */
export type RetypePreview = {
  readonly fault: { readonly code: ErrorCode; readonly params: ErrorParams } | null
  /** On the answers that were read. */
  readonly answers: Omit<ConversionTally, 'values'>
  /** Not all were read: how many there are, as far as the figures know; null where they count no answer to it. */
  readonly sampled: { readonly of: number | null } | null
  /** The most frequent answers; none where the reader may not read them. */
  readonly values: ConversionTally['values']
  /** The most frequent ones that do not convert. */
  readonly left: ConversionTally['values']
  /** Free text of a level below the reader's own. */
  readonly hidden: boolean
  readonly loosened: readonly {
    readonly place: { readonly id: string; readonly name: string; readonly rank: Rank }
    readonly aspect: Lockable
  }[]
  readonly reps: number
  readonly territories: number
  /** YYYY-MM-DD */
  readonly undoUntil: string
}

/** Documents: the shares of what a sample of them converts do not move by one in a hundred. */
const SAMPLE = 10_000
const VALUES_TOLD = 60
const LEFT_TOLD = 20

/**
 * What an answer of another type would do with what was answered; `drafted`: of a question that is not there yet. Changes
 * nothing. NOT_FOUND, FORBIDDEN, CONFLICT.
 */
export async function previewRetype(
  sdb: ScopedDb,
  request: RetypeRequest,
  drafted?: OwnedField,
): Promise<RetypePreview> {
  const loaded = await judgeRetype(sdb, request, {
    owned: drafted ?? (await requireField(sdb, request.fieldId)),
  })
  const { owned, verdict, accepted, branch, conversion } = loaded
  const before = await conversionsOf(sdb.tx, sdb.scope.orgId)
  const { entity } = conversion
  const { path } = owned.owner
  const ids = idsBehind(conversion, before)
  const { documents, whole } = await sampleAnswers(sdb.tx, sdb.scope.orgId, {
    entity,
    ids,
    path,
    most: SAMPLE,
  })
  const { values, ...answers } = tallyConversion(conversion, { before, documents, phone: normalisePhone })
  const hidden = isText(owned.definition.spec) && (await hiddenTextFields(sdb)).has(owned.definition.id)
  const loosened = accepted.ok ? accepted.loosened : []
  const places = await findPlaces(
    sdb,
    loosened.map(({ territoryId }) => territoryId),
  )
  return {
    fault: verdict.ok ? null : { code: verdict.code, params: verdict.params },
    answers,
    sampled: whole ? null : { of: await answersIn(sdb, ids) },
    values: hidden ? [] : values.slice(0, VALUES_TOLD),
    left: hidden ? [] : values.filter(({ becomes }) => becomes === null).slice(0, LEFT_TOLD),
    hidden,
    loosened: loosened.flatMap(({ territoryId, aspect }) => {
      const place = places.find(({ id }) => id === territoryId)
      return place ? [{ place: { id: place.id, name: place.name, rank: place.rank }, aspect }] : []
    }),
    reps: branch.fieldReps,
    territories: branch.territories + 1,
    undoUntil: undoableUntil(sdb.scope.day),
  }
}

type Loaded = {
  readonly owned: OwnedField
  readonly branch: Branch
  readonly conversion: Omit<Conversion, 'fieldId' | 'live'>
  readonly verdict: RetypeVerdict
  /** The same with what becomes less strict accepted. */
  readonly accepted: RetypeVerdict
}

/** All that another type is judged on, and the verdict. CONFLICT. */
async function judgeRetype(
  sdb: ScopedDb,
  request: RetypeRequest,
  { owned, read }: { readonly owned: OwnedField; readonly read?: Branch },
): Promise<Loaded> {
  const { definition, owner } = owned
  if (definition.version !== request.version)
    throw new FieldbackError('CONFLICT', { version: definition.version })
  const { entity } = definition
  const branch = read ?? (await branchFacts(sdb, owner))
  const references = await referencesAround(sdb, owner.path)
  const way = tidyWay(definition.spec, { ...request.way, natural: true })
  const input = {
    definition,
    spec: request.spec,
    way,
    references,
    hanging: [...references.referable.filter(({ retired }) => !retired), ...references.below],
    holders: await keyHolders(sdb, owner.path, entity),
    slots: await usedSlots(sdb, owner.path, entity),
    facts: branch,
  }
  const accepted = planRetype({ ...input, acceptLooser: true })
  return {
    owned,
    branch,
    verdict: planRetype({ ...input, acceptLooser: request.acceptLooser }),
    accepted,
    conversion: accepted.ok
      ? accepted.conversion
      : {
          entity,
          from: definition.id,
          links: liveLinks(definition),
          spec: tidySpec(entity, request.spec),
          way,
        },
  }
}

/** How many answers the figures know of, all questions together; null where none is counted. */
async function answersIn(sdb: ScopedDb, ids: readonly string[]): Promise<number | null> {
  const counts = await answersOf(sdb, ids)
  const answers = [...counts.values()].reduce((sum, one) => sum + answeredIn(one), 0)
  return answers > 0 ? answers : null
}

/**
 * Gives a published question another type: a new question takes its place and its words, and reads what was answered to
 * it, converted, from that moment; what was answered is counted in the background (count-change.job). See planRetype for
 * its codes; CONFLICT when it was published in between.
 */
export async function retype(
  sdb: ScopedDb,
  request: RetypeRequest,
  runtime: { readonly now: () => Date; readonly newId: () => string },
): Promise<{ readonly fieldId: string; readonly undoUntil: string }> {
  const { tx, scope } = sdb
  const { newId } = runtime
  // The longest part, before anybody has to wait: only the returns are judged by it.
  const facts = await branchFacts(sdb, (await requireField(sdb, request.fieldId)).owner)
  await lockPublications(sdb)
  await holdTypes(tx, scope.orgId, 'change')
  await lockTree(tx, scope.orgId, 'keep')
  const { owned, branch, verdict } = await judgeRetype(sdb, request, {
    owned: await requireField(sdb, request.fieldId),
    read: facts,
  })
  if (!verdict.ok) throw new FieldbackError(verdict.code, verdict.params)
  const { definition, owner } = owned
  const { publication, carried } = verdict
  const conversion: Conversion = { ...verdict.conversion, fieldId: newId(), live: true }
  const { fieldId, from, links, way, spec, entity } = conversion
  const published = await publishPlanned(
    sdb,
    { territory: owner, entity, fieldId, plan: publication, previous: null },
    newId,
  )
  for (const tightening of carried)
    await publishTightening(sdb, { id: newId(), fieldId, ...tightening, version: 1 })
  await insertPromotion(sdb, {
    fieldId,
    links: [{ from, map: {}, links, converted: true }],
    given: [{ fieldId: from, kinds: workingIn(branch, { entity, spec }) }],
    at: runtime.now(),
    conversion: way,
  })
  await joinConcept(sdb, { fieldId, spec, sources: [{ from, map: way.map }] })
  await enqueue(tx, 'count', scope.orgId)
  await writeAudits(sdb, [
    {
      id: newId(),
      action: 'field.retype',
      subjectId: fieldId,
      detail: {
        key: published.key,
        territoryId: owner.id,
        from,
        before: { fieldId: from, version: definition.version, type: definition.spec.type },
        after: { fieldId, version: published.version, type: spec.type },
        changes: changesOf(ownersSpec(definition), spec),
      },
    },
  ])
  return { fieldId, undoUntil: undoableUntil(scope.day) }
}
