import { type Concept, type ConceptLink, conceptAsField } from '../concept/concept.ts'
import type { FieldDefinition } from '../field/field-spec.ts'
import type { TerritoryTree } from './territory-tree.ts'

/** A concept with the questions linked to it. */
export type LinkedConcept = { readonly concept: Concept; readonly links: readonly ConceptLink[] }

/** Where a question is tested, as the tree counts territories. */
export type TestedAt = (at: number) => boolean

export type TestedConcept = {
  /** As a question, asked from the lowest territory that holds all that is counted under it. */
  readonly field: FieldDefinition
  readonly testedAt: TestedAt
  readonly members: ReadonlyMap<string, string>
}

/** The live questions that are counted under a concept, each with the territory that asks it. */
export function membersOf({ concept, links }: LinkedConcept): Map<string, string> {
  const counted = new Set(conceptAsField(concept, links).merges?.links.map(({ from }) => from))
  return new Map(
    links.flatMap(({ definition: { id, retired, territoryId } }) =>
      retired || !counted.has(id) ? [] : [[id, territoryId] as const],
    ),
  )
}

/**
 * The concepts that say more than their questions, by id: those of which a territory holds two live questions or more. There
 * the concept is tested instead of them; where one alone of them is asked, that one is, in its own words. So nothing is tested
 * twice: of a territory whose answers are all of one branch below, the branch says it.
 */
export function testedConcepts(
  tree: TerritoryTree,
  concepts: readonly LinkedConcept[],
): Map<string, TestedConcept> {
  return new Map(
    concepts.flatMap((linked) => {
      const { concept, links } = linked
      const members = membersOf(linked)
      const testedAt = sharedBy(
        tree,
        [...members.values()].flatMap((owner) => tree.at(owner) ?? []),
      )
      const top = tree.nodes.findIndex((_, at) => testedAt(at))
      if (top < 0) return []
      const field = { ...conceptAsField(concept, links), territoryId: tree.id(top) }
      return [[concept.id, { field, testedAt, members }] as const]
    }),
  )
}

/** Whether two of the questions of some owners or more are asked in a territory, and no branch directly below has all of them. */
const sharedBy =
  (tree: TerritoryTree, owners: readonly number[]): TestedAt =>
  (at) => {
    const above = owners.filter((owner) => owner <= at && at < tree.endOf(owner))
    const below = owners.filter((owner) => owner > at && owner < tree.endOf(at))
    if (above.length + below.length < 2) return false
    const branchOf = tree.branchBelow(at)
    return above.length > 0 || new Set(below.map((owner) => branchOf?.(owner))).size > 1
  }

/** Where a question, or a concept, is tested; undefined: wherever there is enough. */
export function testedAt(
  concepts: ReadonlyMap<string, TestedConcept>,
  fieldId: string,
): TestedAt | undefined {
  const own = concepts.get(fieldId)
  if (own) return own.testedAt
  const above = [...concepts.values()].find(({ members }) => members.has(fieldId))
  return above && ((at) => !above.testedAt(at))
}

/** The concept of each question that is tested with others. */
export const conceptsOfQuestions = (concepts: ReadonlyMap<string, TestedConcept>): Map<string, string> =>
  new Map([...concepts].flatMap(([id, { members }]) => [...members.keys()].map((fieldId) => [fieldId, id])))
