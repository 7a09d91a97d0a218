import { describe, expect, it } from 'vitest'
import type { Role } from '../access/permissions.ts'
import type { Scope } from '../access/scope.ts'
import { startOfView } from './start-of-view.ts'

const scope = (grants: readonly (readonly [Role, string])[]): Scope => ({
  orgId: 'o',
  membershipId: 'm',
  deviceId: 'd',
  day: '2026-11-20',
  grants: grants.map(([role, path]) => ({ assignmentId: path, role, territoryId: path, path })),
})
const at = (path: string) => ({ id: path.split('/').at(-2) ?? '', path })

describe('where a reader opens a view', () => {
  it('is the place the view names, inside his branch', () => {
    expect(startOfView(scope([['manager', 'fr/aq/']]), at('fr/aq/64/'))).toEqual({
      territoryId: '64',
      moved: false,
    })
  })
  it('is his own branch when the view names a place above it, and it is said', () => {
    const both = scope([
      ['manager', 'fr/bre/'],
      ['manager', 'fr/aq/64/'],
    ])
    expect(startOfView(both, at('fr/aq/'))).toEqual({ territoryId: '64', moved: true })
    expect(startOfView(scope([['manager', 'fr/aq/']]), at('fr/'))).toEqual({ territoryId: 'aq', moved: true })
  })
  it('is never beside his branch, and is nowhere for who reads no figures', () => {
    expect(startOfView(scope([['manager', 'fr/aq/']]), at('fr/bre/'))).toEqual({
      territoryId: 'aq',
      moved: true,
    })
    expect(startOfView(scope([['manager', 'fr/aq/']]), null)).toEqual({ territoryId: 'aq', moved: false })
    expect(startOfView(scope([['rep', 'fr/aq/']]), at('fr/aq/'))).toBeNull()
  })
})
