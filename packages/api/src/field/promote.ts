import { findPlaces } from '@fieldback/db/analytics/place.repo'
import { writeAudits } from '@fieldback/db/audit/audit.repo'
import { lockPublications } from '@fieldback/db/field/field.repo'
import { answersOf, insertPromotion } from '@fieldback/db/field/promotion.repo'
import { publishTightening } from '@fieldback/db/field/tightening.repo'
import type { ScopedDb } from '@fieldback/db/scoped-db'
import { FieldbackError } from '@fieldback/domain/errors'
import type { FieldEntity } from '@fieldback/domain/field/field-spec'
import {
  type PromotedSource,
  type PromotionVerdict,
  undoableUntil,
} from '@fieldback/domain/field/plan-promotion'
import type { TerritoryRow } from '@fieldback/domain/sync/pull'
import { joinConcept } from '../concept/join.ts'
import { loadPromotion, type PromotionRequest } from './load-promotion.ts'
import { type PromotionPreview, previewOf } from './promotion-preview.ts'
import { lastAt, publishPlanned } from './publish.ts'

/** What a promotion would change for whom, and what it would be refused for. NOT_FOUND, FORBIDDEN, CONFLICT. */
export async function previewPromotion(sdb: ScopedDb, request: PromotionRequest): Promise<PromotionPreview> {
  const loaded = await loadPromotion(sdb, request)
  const answers = await answersOf(
    sdb,
    loaded.sources.map(({ definition }) => definition.id),
  )
  const { accepted } = loaded
  const named = accepted.ok ? [...accepted.carried, ...accepted.loosened] : []
  const places = await findPlaces(
    sdb,
    named.map(({ territoryId }) => territoryId),
  )
  return previewOf(loaded, answers, { places, day: sdb.scope.day })
}

/**
 * Makes one question of several: it is published as any other, its sources stop being asked, their answers are read as
 * its own, and what their branches had made stricter is said again of it. See planPromotion for its codes; CONFLICT when
 * one of them was published in between.
 */
export async function promote(
  sdb: ScopedDb,
  request: PromotionRequest,
  runtime: { readonly now: () => Date; readonly newId: () => string },
): Promise<{ readonly fieldId: string; readonly key: string; readonly undoUntil: string }> {
  await lockPublications(sdb)
  const spec = await lastAt(sdb, request)
  const { territory, sources, verdict } = await loadPromotion(sdb, { ...request, spec })
  return promotePlanned(sdb, { territory, entity: request.entity, sources, verdict }, runtime)
}

type Planned = {
  readonly territory: TerritoryRow
  readonly entity: FieldEntity
  readonly sources: readonly Pick<PromotedSource, 'definition' | 'owner'>[]
  readonly verdict: PromotionVerdict
  /** The id that it will bear; a fresh one when absent. */
  readonly fieldId?: string | undefined
}

/** Carries out a promotion that was judged since publications were locked. The code of its verdict, CONFLICT for an id that is taken. */
export async function promotePlanned(
  sdb: ScopedDb,
  { territory, entity, sources, verdict, ...planned }: Planned,
  runtime: { readonly now: () => Date; readonly newId: () => string },
): Promise<{ readonly fieldId: string; readonly key: string; readonly undoUntil: string }> {
  if (!verdict.ok) throw new FieldbackError(verdict.code, verdict.params)
  const { newId } = runtime
  const fieldId = planned.fieldId ?? newId()
  const { publication, links, given, carried } = verdict
  const published = await publishPlanned(
    sdb,
    { territory, entity, fieldId, plan: publication, previous: null },
    newId,
  )
  for (const { territoryId, spec } of carried)
    await publishTightening(sdb, { id: newId(), fieldId, territoryId, version: 1, spec })
  await insertPromotion(sdb, { fieldId, links, given, at: runtime.now() })
  await joinConcept(sdb, { fieldId, spec: publication.spec, sources: links })
  await writeAudits(sdb, [
    {
      id: newId(),
      action: 'field.promote',
      subjectId: fieldId,
      detail: {
        key: published.key,
        territoryId: territory.id,
        count: sources.length,
        before: sources.map(({ definition, owner }) => ({
          fieldId: definition.id,
          version: definition.version,
          territoryId: owner.id,
        })),
        after: { fieldId, version: published.version, links },
      },
    },
    ...sources.map(({ definition, owner }) => ({
      id: newId(),
      action: 'field.replace',
      subjectId: definition.id,
      detail: {
        key: definition.key,
        territoryId: owner.id,
        to: fieldId,
        before: { asked: true, version: definition.version },
        after: { asked: false, readAs: fieldId },
      },
    })),
  ])
  return { fieldId, key: published.key, undoUntil: undoableUntil(sdb.scope.day) }
}
