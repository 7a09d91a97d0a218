import { describe, expect, it } from 'vitest'
import type { Role } from '../access/permissions.ts'
import type { Place, Scope } from '../access/scope.ts'
import type { TreeStep } from '../territory/tree-step.ts'
import { type Drafting, draftFault } from './may-draft.ts'

const PLACES: Readonly<Record<string, Place>> = {
  aquitaine: { path: 'france/aquitaine/', rank: 1 },
  pyrenees: { path: 'france/aquitaine/pyrenees/', rank: 2 },
  basque: { path: 'france/aquitaine/pyrenees/basque/', rank: 3 },
  bearn: { path: 'france/aquitaine/pyrenees/bearn/', rank: 3 },
  marsan: { path: 'france/aquitaine/landes/marsan/', rank: 3 },
  finistere: { path: 'france/bretagne/finistere/', rank: 2 },
}
const drafting: Drafting = {
  branch: 'france/aquitaine/',
  places: (id) => (PLACES[id] ? [PLACES[id]] : []),
  held: (id) => (id === 'known' ? { path: 'france/aquitaine/landes/marsan/', role: 'rep' } : undefined),
}
const as = (role: Role, path: string): Scope => ({
  orgId: 'org',
  membershipId: 'me',
  deviceId: 'desk',
  day: '2026-11-20',
  grants: [{ assignmentId: 'a', role, territoryId: 't', path }],
})
const admin = as('administrator', 'france/')
const local = as('manager', 'france/aquitaine/pyrenees/')
const code = (scope: Scope, step: TreeStep) => draftFault(scope, step, drafting)?.code ?? null

const create = (parentId: string, rank: 2 | 3): TreeStep => ({
  of: 'create',
  id: 'new',
  parentId,
  rank,
  name: 'New',
  code: null,
})
const move = (territoryId: string, parentId: string): TreeStep => ({ of: 'move', territoryId, parentId })
const rehome = (fromId: string, toId: string): TreeStep => ({
  of: 'rehome',
  fromId,
  toId,
  rule: { by: 'all' },
})
const assign = (territoryId: string, role: Role): TreeStep => ({
  of: 'assign',
  id: 'x',
  membershipId: 'm',
  territoryId,
  role,
  validFrom: '2026-11-20',
  validTo: null,
})

describe('who may draft what', () => {
  it('an administrator drafts at any level of the branch, and nothing beyond it', () => {
    expect(code(admin, create('aquitaine', 2))).toBeNull()
    expect(code(admin, move('pyrenees', 'aquitaine'))).toBeNull()
    expect(code(admin, rehome('basque', 'marsan'))).toBeNull()
    expect(code(admin, move('finistere', 'aquitaine'))).toBe('TERRITORY_OUTSIDE_BRANCH')
    expect(code(admin, move('basque', 'nowhere'))).toBe('NOT_FOUND')
  })

  it('a manager drafts the sub-sectors of his branch, not levels above nor a neighbour’s', () => {
    expect(code(local, create('pyrenees', 3))).toBeNull()
    expect(code(local, { of: 'merge', territoryId: 'basque', intoId: 'bearn' })).toBeNull()
    expect(code(local, { of: 'rename', territoryId: 'pyrenees', name: 'P' })).toBe('TERRITORY_RANK')
    expect(code(local, create('pyrenees', 2))).toBe('TERRITORY_RANK')
    expect(code(local, move('marsan', 'pyrenees'))).toBe('FORBIDDEN')
    expect(code(local, move('basque', 'aquitaine'))).toBe('FORBIDDEN')
  })

  it('a manager moves sub-sectors from one of his local territories to another, nothing else anywhere else', () => {
    const regional = as('manager', 'france/aquitaine/')
    expect(code(regional, move('marsan', 'pyrenees'))).toBeNull()
    expect(code(regional, move('marsan', 'aquitaine'))).toBe('TERRITORY_RANK')
    expect(code(regional, move('pyrenees', 'aquitaine'))).toBe('TERRITORY_RANK')
    expect(code(regional, create('aquitaine', 3))).toBe('TERRITORY_RANK')
    expect(code(regional, move('basque', 'finistere'))).toBe('TERRITORY_OUTSIDE_BRANCH')
  })

  it('a manager passes accounts between homes of his branch, a rep none', () => {
    expect(code(local, rehome('basque', 'pyrenees'))).toBeNull()
    expect(code(local, rehome('basque', 'marsan'))).toBe('FORBIDDEN')
    expect(code(as('rep', 'france/aquitaine/pyrenees/'), rehome('basque', 'bearn'))).toBe('FORBIDDEN')
  })

  it('nobody grants or ends more than he holds', () => {
    expect(code(local, assign('basque', 'rep'))).toBeNull()
    expect(code(local, assign('basque', 'administrator'))).toBe('ASSIGNMENT_BEYOND_GRANTER')
    expect(code(local, { of: 'endAssignment', assignmentId: 'known', lastDay: null })).toBe('FORBIDDEN')
    expect(code(admin, { of: 'endAssignment', assignmentId: 'unknown', lastDay: null })).toBe('NOT_FOUND')
  })
})
