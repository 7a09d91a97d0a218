import { findPlaces } from '@fieldback/db/analytics/place.repo'
import { writeAudit } from '@fieldback/db/audit/audit.repo'
import { conceptsOf } from '@fieldback/db/concept/concept.repo'
import { definitionsAround, findField } from '@fieldback/db/field/field.repo'
import { answeredIn, answersOf, pairsApart, setApart, setTogether } from '@fieldback/db/field/promotion.repo'
import { requireTerritory, type ScopedDb } from '@fieldback/db/scoped-db'
import { UNKNOWN } from '@fieldback/domain/analytics/bucket'
import { FieldbackError } from '@fieldback/domain/errors'
import type { FieldEntity, FieldType, Localised } from '@fieldback/domain/field/field-spec'
import { findTwins, groupTwins, type TwinField, type Twins } from '@fieldback/domain/field/twins'
import { isWithin, type Path, pathIds } from '@fieldback/domain/territory/path'
import type { Rank } from '@fieldback/domain/territory/rank'

export type TwinQuestion = {
  readonly id: string
  readonly label: Localised
  readonly type: FieldType
  readonly owner: { readonly id: string; readonly name: string; readonly rank: Rank }
  /** Answers so far: a total of the reader's own branch. */
  readonly answered: number
  /** The concept it belongs to already. */
  readonly concept: { readonly id: string; readonly label: Localised } | null
}

/** Questions of several branches that are likely one, with what speaks for it. */
export type TwinGroup = {
  readonly entity: FieldEntity
  readonly questions: readonly TwinQuestion[]
  readonly pairs: readonly Twins[]
  /** They may be made one: no two are asked of the same account, and none at the territory read. */
  readonly promotable: boolean
}

/** Questions asked below that are compared at most. */
export const COMPARED_MAX = 2000

/**
 * Groups of questions below a territory that are likely one, likeliest first: those that already share a concept, and
 * pairs that somebody said are not the same, are left out.
 */
export async function twinsAt(sdb: ScopedDb, territoryId: string): Promise<TwinGroup[]> {
  const territory = await requireTerritory(sdb, 'field.define', territoryId)
  const around = await definitionsAround(sdb, territory.path, COMPARED_MAX)
  const owned = around.filter(({ owner }) => isWithin(territory.path, owner.path))
  const ids = owned.map(({ definition }) => definition.id)
  const concepts = await conceptsOf(sdb, ids)
  const apart = await pairsApart(sdb, ids)
  // Names of the places below: what all share tells no two of them apart.
  const below = (path: Path) => pathIds(path.slice(territory.path.length))
  const places = await findPlaces(sdb, [...new Set(owned.flatMap(({ owner }) => below(owner.path)))])
  const nameOf = new Map(places.map(({ id, name }) => [id, name]))
  const candidates = owned.map(
    ({ definition, owner }): TwinField => ({
      definition,
      places: below(owner.path).flatMap((id) => nameOf.get(id) ?? []),
      answers: null,
    }),
  )
  const settled = (a: string, b: string): boolean => {
    const [one, other] = [concepts.get(a)?.conceptId, concepts.get(b)?.conceptId]
    return apart.has(`${a} ${b}`) || (one !== undefined && one === other)
  }
  // By their words first: answers are read of those alone that are alike.
  const found = new Set(findTwins(candidates, settled).flatMap(({ a, b }) => [a, b]))
  const answers = await answersOf(sdb, [...found])
  const near = candidates.filter(({ definition }) => found.has(definition.id))
  const pairs = findTwins(
    near.map((field) => ({ ...field, answers: knownOf(answers.get(field.definition.id)) })),
    settled,
  )
  const byId = new Map(owned.map((one) => [one.definition.id, one]))
  return groupTwins(pairs).map(({ ids: members, pairs: of }) => {
    const questions = members.flatMap((id) => byId.get(id) ?? [])
    const paths = questions.map(({ owner }) => owner.path)
    const meeting = paths.some((path, at) =>
      paths.some((other, there) => at !== there && isWithin(path, other)),
    )
    return {
      entity: questions[0]?.definition.entity ?? 'report',
      questions: questions.map(({ definition, owner }) => {
        const concept = concepts.get(definition.id)
        return {
          id: definition.id,
          label: definition.spec.label,
          type: definition.spec.type,
          owner: { id: owner.id, name: owner.name, rank: owner.rank },
          answered: answeredIn(answers.get(definition.id)),
          concept: concept ? { id: concept.conceptId, label: concept.spec.label } : null,
        }
      }),
      pairs: of,
      promotable: !meeting && !paths.includes(territory.path),
    }
  })
}

const knownOf = (counts: Readonly<Record<string, number>> | undefined) =>
  counts
    ? Object.fromEntries(
        Object.entries(counts).filter(([bucket]) => !bucket.startsWith('_') && bucket !== UNKNOWN),
      )
    : null

type Pair = { readonly territoryId: string; readonly a: string; readonly b: string }

/** Remembers that two questions are not the same (`apart`), or takes that back. NOT_FOUND outside the territory's branch. */
export async function sayApart(
  sdb: ScopedDb,
  { territoryId, a, b, apart }: Pair & { readonly apart: boolean },
  newId: () => string,
): Promise<void> {
  const territory = await requireTerritory(sdb, 'field.define', territoryId)
  for (const id of [a, b]) {
    const { owner } = await findField(sdb, id)
    if (!isWithin(territory.path, owner.path)) throw new FieldbackError('NOT_FOUND', { what: 'field' })
  }
  if (a === b) return
  await (apart ? setApart : setTogether)(sdb, a, b)
  await writeAudit(sdb, {
    id: newId(),
    action: 'field.setApart',
    subjectId: a,
    detail: { territoryId, to: b, before: { apart: !apart }, after: { apart } },
  })
}
