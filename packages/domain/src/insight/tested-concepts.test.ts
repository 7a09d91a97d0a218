import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ConceptLink } from '../concept/concept.ts'
import { field } from '../giveback/fixture.ts'
import { TerritoryTree } from './territory-tree.ts'
import { conceptsOfQuestions, testedAt, testedConcepts } from './tested-concepts.ts'

const tree = new TerritoryTree(
  [
    ['fr', null],
    ['na', 'fr'],
    ['d64', 'na'],
    ['pb', 'd64'],
    ['be', 'd64'],
    ['d40', 'na'],
    ['bre', 'fr'],
    ['d29', 'bre'],
  ].map(([id, parentId]) => ({ id: id as string, parentId: parentId ?? null, people: 5 })),
)
const link = (id: string, owner: string, retired = false): ConceptLink => ({
  definition: { ...field(id, { entity: 'report' }), territoryId: owner, retired },
  map: { true: 'true', false: 'false' },
  replacedBy: null,
})
const linked = (...links: ConceptLink[]) => ({
  concept: {
    id: 'c',
    territoryId: 'fr',
    entity: 'report' as const,
    spec: { label: { fr: 'Langue' }, type: 'yes_no' as const, options: [] },
  },
  links,
})
const at = (concepts: ReturnType<typeof testedConcepts>, id: string) =>
  tree.nodes.map(({ id: place }) => place).filter((_, place) => testedAt(concepts, id)?.(place) ?? true)

describe('a concept', () => {
  it('is tested where branches answer together, each question of it where it is alone', () => {
    const concepts = testedConcepts(tree, [linked(link('basque', 'pb'), link('breton', 'bre'))])
    expect(at(concepts, 'c')).toEqual(['fr'])
    expect(at(concepts, 'basque')).not.toContain('fr')
    expect(at(concepts, 'basque')).toContain('pb')
    expect(concepts.get('c')?.field.territoryId).toBe('fr')
    expect([...conceptsOfQuestions(concepts)]).toEqual([
      ['basque', 'c'],
      ['breton', 'c'],
    ])
  })
  it('is asked from the lowest territory that holds them, and is not said again above it', () => {
    const concepts = testedConcepts(tree, [linked(link('basque', 'pb'), link('bearn', 'be'))])
    expect(at(concepts, 'c')).toEqual(['d64'])
    expect(concepts.get('c')?.field.territoryId).toBe('d64')
  })
  it('is tested instead of a question that is asked above another of it, wherever both are asked', () => {
    const concepts = testedConcepts(tree, [linked(link('national', 'fr'), link('basque', 'pb'))])
    expect(at(concepts, 'c').toSorted()).toEqual(['d64', 'fr', 'na', 'pb'])
    expect(at(concepts, 'national').toSorted()).toEqual(['be', 'bre', 'd29', 'd40'])
  })
  it('of one live question says nothing more than it', () => {
    expect(testedConcepts(tree, [linked(link('basque', 'pb'), link('breton', 'bre', true))]).size).toBe(0)
    expect(testedConcepts(tree, [linked()]).size).toBe(0)
    expect(testedAt(new Map(), 'basque')).toBeUndefined()
  })
  it('is left aside with several questions of it asked only where one branch below says it all', () => {
    const places = fc.constantFrom(...tree.nodes.map(({ id }) => id))
    fc.assert(
      fc.property(fc.array(places, { maxLength: 5 }), (owners) => {
        const concepts = testedConcepts(tree, [linked(...owners.map((owner, n) => link(`q${n}`, owner)))])
        for (const [place] of tree.nodes.entries()) {
          const asked = owners
            .map((owner) => tree.at(owner) as number)
            .filter((owner) => tree.onOneLine(owner, place))
          const branchSaysAll = tree
            .childrenOf(place)
            .some((child) => asked.every((owner) => child <= owner && owner < tree.endOf(child)))
          expect(concepts.get('c')?.testedAt(place) ?? false).toBe(asked.length > 1 && !branchSaysAll)
        }
      }),
    )
  })
})
