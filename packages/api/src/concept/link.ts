import { writeAudit } from '@fieldback/db/audit/audit.repo'
import {
  conceptsAround,
  conceptsOf,
  deleteConcept,
  findConcept,
  insertConcept,
  linkField,
  type OwnedConcept,
  unlinkField,
} from '@fieldback/db/concept/concept.repo'
import { findField, lockPublications } from '@fieldback/db/field/field.repo'
import { requireTerritory, type ScopedDb } from '@fieldback/db/scoped-db'
import { type Place, verdictAt } from '@fieldback/domain/access/scope'
import { type Concept, type ConceptSpec, planLink } from '@fieldback/domain/concept/concept'
import { FieldbackError } from '@fieldback/domain/errors'
import type { FieldDefinition, FieldEntity, FieldType, Localised } from '@fieldback/domain/field/field-spec'
import type { AnswerMap } from '@fieldback/domain/field/merges'
import { isWithin, type Path } from '@fieldback/domain/territory/path'
import type { Rank } from '@fieldback/domain/territory/rank'

type PlaceName = { readonly id: string; readonly name: string; readonly rank: Rank }

export type ConceptPage = Pick<Concept, 'id' | 'entity' | 'spec'> & {
  readonly owner: PlaceName
  /** The reader may link and unlink its questions. */
  readonly canDefine: boolean
  /** Those of the territory read, of its branch and of the path to it; `others`: how many there are beside. */
  readonly links: readonly {
    readonly fieldId: string
    readonly label: Localised
    readonly type: FieldType
    readonly options: FieldDefinition['spec']['options']
    readonly owner: PlaceName
    readonly map: AnswerMap
    readonly retired: boolean
    /** It is asked no more: the question it was made into is. */
    readonly replaced: boolean
    /** The reader may take it out. */
    readonly canUnlink: boolean
  }[]
  readonly others: number
}

/** Concepts of a territory's branch and above it. */
export async function listConcepts(sdb: ScopedDb, territoryId: string): Promise<ConceptPage[]> {
  const territory = await requireTerritory(sdb, 'field.read', territoryId)
  return (await conceptsAround(sdb, territory.path)).map((one) => pageOf(sdb, one, territory.path))
}

const nameOf = ({ id, name, rank }: PlaceName): PlaceName => ({ id, name, rank })

function pageOf(sdb: ScopedDb, { concept, owner, links }: OwnedConcept, path: Path): ConceptPage {
  const may = (at: Place) => verdictAt(sdb.scope, 'field.define', at).allowed
  const near = links.filter((link) => isWithin(path, link.owner.path) || isWithin(link.owner.path, path))
  return {
    id: concept.id,
    entity: concept.entity,
    spec: concept.spec,
    owner: nameOf(owner),
    canDefine: may(owner),
    links: near.map(({ definition, map, replacedBy, owner: asks }) => ({
      fieldId: definition.id,
      label: definition.spec.label,
      type: definition.spec.type,
      options: definition.spec.options,
      owner: nameOf(asks),
      map,
      retired: definition.retired,
      replaced: replacedBy !== null,
      canUnlink: may(asks),
    })),
    others: links.length - near.length,
  }
}

export type NewLink = { readonly fieldId: string; readonly map: AnswerMap }

/**
 * Makes a concept at a territory and links questions of its branch to it, all or none. NOT_FOUND, FORBIDDEN; see
 * planLink, and CONCEPT_LINKED {concept} for a question of another concept.
 */
export async function createConcept(
  sdb: ScopedDb,
  request: {
    readonly territoryId: string
    readonly entity: FieldEntity
    readonly spec: ConceptSpec
    readonly links: readonly NewLink[]
  },
  newId: () => string,
): Promise<{ readonly conceptId: string }> {
  const territory = await requireTerritory(sdb, 'field.define', request.territoryId)
  await lockPublications(sdb)
  const concept: Concept = {
    id: newId(),
    territoryId: territory.id,
    entity: request.entity,
    spec: request.spec,
  }
  await insertConcept(sdb, concept)
  await writeAudit(sdb, {
    id: newId(),
    action: 'concept.create',
    subjectId: concept.id,
    detail: { name: concept.spec.label.fr, territoryId: territory.id, before: null, after: concept.spec },
  })
  for (const link of request.links) await linkTo(sdb, { concept, path: territory.path }, link, newId)
  return { conceptId: concept.id }
}

/** Whoever may define at the concept's territory links questions of its branch: rights flow down, never up or sideways. */
export async function linkConcept(
  sdb: ScopedDb,
  { conceptId, ...link }: NewLink & { readonly conceptId: string },
  newId: () => string,
): Promise<void> {
  const { concept, owner } = await requireConcept(sdb, conceptId)
  await lockPublications(sdb)
  await linkTo(sdb, { concept, path: owner.path }, link, newId)
}

async function linkTo(
  sdb: ScopedDb,
  { concept, path }: { readonly concept: Concept; readonly path: Path },
  { fieldId, map }: NewLink,
  newId: () => string,
): Promise<void> {
  const { definition, owner } = await findField(sdb, fieldId)
  if (!isWithin(path, owner.path)) throw new FieldbackError('NOT_FOUND', { what: 'field' })
  const known = (await conceptsOf(sdb, [fieldId])).get(fieldId)
  if (known && known.conceptId !== concept.id)
    throw new FieldbackError('CONCEPT_LINKED', {
      question: definition.spec.label.fr,
      concept: known.spec.label.fr,
    })
  const verdict = planLink(concept, definition, map)
  if (!verdict.ok) throw new FieldbackError(verdict.code, verdict.params)
  await linkField(sdb, { fieldId, conceptId: concept.id, map })
  await writeAudit(sdb, {
    id: newId(),
    action: 'concept.link',
    subjectId: fieldId,
    detail: {
      territoryId: owner.id,
      to: concept.spec.label.fr,
      conceptId: concept.id,
      before: known ? { map: known.map } : null,
      after: { map },
    },
  })
}

/** Takes a question out of its concept: whoever may change the question may. NOT_FOUND, FORBIDDEN. */
export async function unlinkConcept(sdb: ScopedDb, fieldId: string, newId: () => string): Promise<void> {
  const { owner } = await findField(sdb, fieldId)
  requireDefine(sdb, owner)
  const known = (await conceptsOf(sdb, [fieldId])).get(fieldId)
  if (!known) return
  await unlinkField(sdb, fieldId)
  await writeAudit(sdb, {
    id: newId(),
    action: 'concept.unlink',
    subjectId: fieldId,
    detail: {
      territoryId: owner.id,
      from: known.spec.label.fr,
      conceptId: known.conceptId,
      before: { map: known.map },
      after: null,
    },
  })
}

/** Removes a concept that no question belongs to. CONFLICT while one does. */
export async function removeConcept(sdb: ScopedDb, conceptId: string, newId: () => string): Promise<void> {
  const { concept, links } = await requireConcept(sdb, conceptId)
  if (links.length > 0) throw new FieldbackError('CONFLICT', { what: 'concept' })
  await deleteConcept(sdb, conceptId)
  await writeAudit(sdb, {
    id: newId(),
    action: 'concept.remove',
    subjectId: conceptId,
    detail: {
      name: concept.spec.label.fr,
      territoryId: concept.territoryId,
      before: concept.spec,
      after: null,
    },
  })
}

async function requireConcept(sdb: ScopedDb, conceptId: string): Promise<OwnedConcept> {
  const found = await findConcept(sdb, conceptId)
  requireDefine(sdb, found.owner)
  return found
}

function requireDefine(sdb: ScopedDb, place: Place): void {
  const verdict = verdictAt(sdb.scope, 'field.define', place)
  if (!verdict.allowed)
    throw new FieldbackError('FORBIDDEN', { reason: verdict.reason, permission: 'field.define' })
}
