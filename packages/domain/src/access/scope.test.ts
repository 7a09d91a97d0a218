import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isWithin } from '../territory/path.ts'
import type { Rank } from '../territory/rank.ts'
import { PERMISSIONS, ROLE_PERMISSIONS, ROLES, type Role, rolesWithin } from './permissions.ts'
import {
  branchesWith,
  type Grant,
  grantableRoles,
  grantsOn,
  holdsAnywhere,
  homePage,
  type Scope,
  verdictAt,
} from './scope.ts'

const TREE = [
  'fr/',
  'fr/na/',
  'fr/na/64/',
  'fr/na/64/pb/',
  'fr/na/64/bearn/',
  'fr/na/40/',
  'fr/br/',
  'fr/br/29/',
]
const grant = (role: Role, path: string): Grant => ({
  assignmentId: `${role}@${path}`,
  role,
  territoryId: path,
  path,
})
const scope = (...grants: Grant[]): Scope => ({
  orgId: 'org',
  membershipId: 'me',
  deviceId: 'phone',
  day: '2026-11-24',
  grants,
})
const place = fc.constantFrom(...TREE)
const anyScope = fc
  .array(fc.tuple(fc.constantFrom(...ROLES), place), { maxLength: 4 })
  .map((grants) => scope(...grants.map(([role, path]) => grant(role, path))))
const rankOf = (path: string) => (path.split('/').length - 2) as Rank
const allowed = (of: Scope, permission: (typeof PERMISSIONS)[number], path: string): boolean =>
  verdictAt(of, permission, { path, rank: rankOf(path) }).allowed

describe('rights', () => {
  it('every permission is held by some role', () => {
    for (const permission of PERMISSIONS) {
      expect(
        ROLES.some((role) => allowed(scope(grant(role, 'fr/')), permission, 'fr/na/')),
        permission,
      ).toBe(true)
    }
  })
  it('a rep defines no field, grants nothing, moves, reorganises, settles and states nothing, reads no analytics and coaches nobody', () => {
    const rep = scope(grant('rep', 'fr/'))
    const denied = PERMISSIONS.filter((permission) => !allowed(rep, permission, 'fr/'))
    expect(denied).toEqual([
      'account.move',
      'analytics.read',
      'assignment.grant',
      'coaching.write',
      'data.import',
      'field.define',
      'objective.state',
      'organisation.administer',
      'quarantine.settle',
      'scenario.read',
      'territory.arrange',
    ])
  })
  it.each(PERMISSIONS)(
    '%s is denied without a role that has it, and outside the branch of one that does',
    (permission) => {
      for (const role of ROLES) {
        const verdict = verdictAt(scope(grant(role, 'fr/na/64/')), permission, 'fr/na/')
        const reason = ROLE_PERMISSIONS[role].includes(permission) ? 'outside_branch' : 'no_permission'
        expect(verdict).toEqual({ allowed: false, reason })
      }
      expect(verdictAt(scope(), permission, 'fr/')).toEqual({ allowed: false, reason: 'no_permission' })
    },
  )
  it('flow down the branch, never up or sideways, and the verdict names the grant', () => {
    const regional = scope(grant('manager', 'fr/na/'))
    expect(verdictAt(regional, 'field.define', { path: 'fr/na/64/pb/', rank: 3 })).toEqual({
      allowed: true,
      grant: regional.grants[0],
    })
    expect(allowed(regional, 'field.define', 'fr/na/')).toBe(true)
    expect(allowed(regional, 'field.define', 'fr/')).toBe(false)
    expect(allowed(regional, 'field.define', 'fr/br/')).toBe(false)
  })
  it('an administrator reads none of the accounts, reports and analytics he gives others rights on', () => {
    const admin = scope(grant('administrator', 'fr/'))
    for (const permission of [
      'account.read',
      'report.read',
      'analytics.read',
      'segment.use',
      'giveback.read',
    ] as const) {
      expect(allowed(admin, permission, 'fr/')).toBe(false)
    }
  })
  it('a manager reaches exactly what reps on each territory of his branch reach together, for all that a rep may do', () => {
    fc.assert(
      fc.property(place, place, fc.constantFrom(...ROLE_PERMISSIONS.rep), (branch, path, permission) => {
        const reps = TREE.filter((territory) => isWithin(branch, territory)).map((territory) =>
          scope(grant('rep', territory)),
        )
        const union = reps.some((rep) => allowed(rep, permission, path))
        expect(allowed(scope(grant('manager', branch)), permission, path)).toBe(union)
      }),
    )
  })
  it('branches of a permission reach what its verdicts allow', () => {
    fc.assert(
      fc.property(anyScope, fc.constantFrom(...PERMISSIONS), place, (of, permission, path) => {
        const branches = branchesWith(of, permission)
        expect(branches.some((branch) => isWithin(branch, path))).toBe(allowed(of, permission, path))
        expect(holdsAnywhere(of, permission)).toBe(branches.length > 0)
      }),
    )
  })
})

describe('granting', () => {
  it('a manager appoints reps and managers in his branch, nobody outside it', () => {
    const regional = scope(grant('manager', 'fr/na/'))
    expect(grantableRoles(regional, 'fr/na/64/')).toEqual(['rep', 'manager', 'headquarters'])
    expect(grantableRoles(regional, 'fr/')).toEqual([])
    expect(grantableRoles(regional, 'fr/br/')).toEqual([])
  })
  it('a manager appoints nobody to headquarters while some level is kept for it: it would be more than he holds', () => {
    const kept: Scope = { ...scope(grant('manager', 'fr/na/')), headquartersOnly: [3] }
    expect(grantableRoles(kept, 'fr/na/64/')).toEqual(['rep', 'manager'])
    const both: Scope = { ...kept, grants: [...kept.grants, grant('headquarters', 'fr/')] }
    expect(grantableRoles(both, 'fr/na/64/')).toEqual(['rep', 'manager', 'headquarters'])
  })
  it('a rep and headquarters appoint nobody', () => {
    expect(grantableRoles(scope(grant('rep', 'fr/')), 'fr/')).toEqual([])
    expect(grantableRoles(scope(grant('headquarters', 'fr/')), 'fr/')).toEqual([])
  })
  it('an administrator appoints to every role of his organisation', () => {
    expect(grantableRoles(scope(grant('administrator', 'fr/')), 'fr/na/')).toEqual([...ROLES])
  })
  it('short of administering, nobody grants a permission he does not hold at that place, whatever levels are kept', () => {
    fc.assert(
      fc.property(anyScope, fc.subarray([0, 1, 2, 3] as Rank[]), place, (scoped, headquartersOnly, path) => {
        const of: Scope = { ...scoped, headquartersOnly }
        if (allowed(of, 'organisation.administer', path)) return
        for (const role of grantableRoles(of, path)) {
          const given: Scope = { ...of, grants: [grant(role, path)] }
          for (const permission of ROLE_PERMISSIONS[role])
            if (allowed(given, permission, path)) expect(allowed(of, permission, path)).toBe(true)
        }
      }),
    )
  })
  it('a role is only within permissions that are all held', () => {
    expect(rolesWithin(new Set())).toEqual([])
    expect(rolesWithin(new Set(ROLE_PERMISSIONS.rep))).toEqual(['rep'])
    expect(rolesWithin(new Set(ROLE_PERMISSIONS.rep.slice(1)))).toEqual([])
  })
})

describe('assignments in time', () => {
  const dated = { ...grant('rep', 'fr/na/'), validFrom: '2026-01-10', validTo: '2026-01-20' as string | null }
  const on = (day: string, validTo: string | null = dated.validTo) =>
    grantsOn(day, [{ ...dated, validTo }]).length
  it('hold on their first and last day, not the day before or after', () => {
    expect([on('2026-01-09'), on('2026-01-10'), on('2026-01-20'), on('2026-01-21')]).toEqual([0, 1, 1, 0])
  })
  it('without an end hold for ever', () => {
    expect([on('2026-01-09', null), on('2099-12-31', null)]).toEqual([0, 1])
  })
  it('once live, say nothing of their dates', () => {
    expect(grantsOn('2026-01-15', [dated])).toEqual([grant('rep', 'fr/na/')])
  })
})

describe('landing after sign-in', () => {
  it('the widest role decides', () => {
    const page = (...roles: Role[]) => homePage(roles.map((role) => grant(role, 'fr/')))
    expect(page('rep')).toBe('/m')
    expect(page('rep', 'manager')).toBe('/manage')
    expect(page('manager', 'headquarters', 'administrator')).toBe('/hq')
    expect(page('administrator')).toBe('/admin')
    expect(page('rep', 'administrator')).toBe('/m')
    expect(page()).toBe('/nowhere')
  })
})
