import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isWithin } from '../territory/path.ts'
import type { Rank } from '../territory/rank.ts'
import { FOR_EVER } from './administered-until.ts'
import {
  type DatedDelegation,
  type DelegationFacts,
  definesAt,
  delegatedOn,
  holdsUntil,
} from './delegation.ts'
import { ROLE_PERMISSIONS, ROLES, type Role } from './permissions.ts'
import { type DatedGrant, grantsOn, holdsAnywhere, type Scope, verdictAt } from './scope.ts'

const TREE = ['fr/', 'fr/na/', 'fr/na/64/', 'fr/na/64/pb/', 'fr/na/64/bearn/', 'fr/br/']
const rankOf = (path: string) => (path.split('/').length - 2) as Rank
const place = (path: string) => ({ path, rank: rankOf(path) })
const DAYS = Array.from({ length: 12 }, (_, n) => `2026-11-${String(10 + n)}`)

const held = (role: Role, path: string, validFrom = '2026-01-01', validTo: string | null = null) => ({
  assignmentId: `${role}@${path}`,
  role,
  territoryId: path,
  path,
  validFrom,
  validTo,
})
const given = (
  giverId: string,
  receiverId: string,
  path: string,
  days: Partial<Pick<DatedDelegation, 'validFrom' | 'validTo'>> = {},
): DatedDelegation => ({
  id: `${giverId}>${receiverId}@${path}`,
  giverId,
  receiverId,
  path,
  validFrom: '2026-11-01',
  validTo: null,
  ...days,
})
const factsOf = (
  people: Readonly<Record<string, readonly DatedGrant[]>>,
  ...delegations: DatedDelegation[]
): DelegationFacts => ({ delegations, held: new Map(Object.entries(people)) })

const scopeOn = (
  day: string,
  who: string,
  facts: DelegationFacts,
  headquartersOnly: readonly Rank[] = [],
): Scope => ({
  orgId: 'org',
  membershipId: who,
  deviceId: 'phone',
  day,
  grants: grantsOn(day, facts.held.get(who) ?? []),
  delegated: delegatedOn(day, who, facts),
  headquartersOnly,
})
const may = (facts: DelegationFacts, who: string, path: string, day = '2026-11-20') =>
  verdictAt(scopeOn(day, who, facts), 'field.define', place(path)).allowed

const region = held('manager', 'fr/na/')
const rep = held('rep', 'fr/na/64/pb/')

describe('the right to ask questions, handed on', () => {
  it('lets a rep define in his own sub-sector, and nowhere else', () => {
    const facts = factsOf({ boss: [region], rep: [rep] }, given('boss', 'rep', 'fr/na/64/pb/'))
    expect(may(facts, 'rep', 'fr/na/64/pb/')).toBe(true)
    expect(may(facts, 'rep', 'fr/na/64/')).toBe(false)
    expect(may(facts, 'rep', 'fr/na/64/bearn/')).toBe(false)
    expect(may(factsOf({ boss: [region], rep: [rep] }), 'rep', 'fr/na/64/pb/')).toBe(false)
  })
  it('gives nothing but that: no account, no figure, no text comes with it', () => {
    const facts = factsOf(
      { boss: [region], rep: [held('rep', 'fr/na/64/pb/')] },
      given('boss', 'rep', 'fr/na/64/pb/'),
    )
    const scope = scopeOn('2026-11-20', 'rep', facts)
    const more = (
      ['account.move', 'analytics.read', 'assignment.grant', 'territory.arrange'] as const
    ).filter((permission) => holdsAnywhere(scope, permission))
    expect(more).toEqual([])
    expect(scope.grants).toEqual(grantsOn('2026-11-20', [rep]))
  })
  it('holds on its first and last day, not the day before or after', () => {
    const days = { validFrom: '2026-11-12', validTo: '2026-11-15' }
    const facts = factsOf({ boss: [region], rep: [rep] }, given('boss', 'rep', 'fr/na/64/pb/', days))
    const on = ['2026-11-11', '2026-11-12', '2026-11-15', '2026-11-16']
    expect(on.map((day) => may(facts, 'rep', 'fr/na/64/pb/', day))).toEqual([false, true, true, false])
  })
  it('ends with the right of its giver, and holds again when he holds it again', () => {
    const boss = [
      held('manager', 'fr/na/', '2026-01-01', '2026-11-12'),
      held('manager', 'fr/na/', '2026-11-16'),
    ]
    const facts = factsOf({ boss, rep: [rep] }, given('boss', 'rep', 'fr/na/64/pb/'))
    expect(
      ['2026-11-12', '2026-11-13', '2026-11-16'].map((day) => may(facts, 'rep', 'fr/na/64/pb/', day)),
    ).toEqual([true, false, true])
  })
  it('covers what its giver still holds when his branch became smaller', () => {
    const facts = factsOf(
      { boss: [held('manager', 'fr/na/64/pb/')], rep: [held('rep', 'fr/na/64/')] },
      given('boss', 'rep', 'fr/na/64/'),
    )
    expect(may(facts, 'rep', 'fr/na/64/pb/')).toBe(true)
    expect(may(facts, 'rep', 'fr/na/64/')).toBe(false)
  })
  it('is of no use where its receiver has no role of his own', () => {
    const facts = factsOf(
      { boss: [region], rep: [held('rep', 'fr/br/')] },
      given('boss', 'rep', 'fr/na/64/pb/'),
    )
    expect(may(facts, 'rep', 'fr/na/64/pb/')).toBe(false)
  })
  it('can be handed on again, and falls when any hand before it lets go', () => {
    const people = { boss: [region], chief: [held('rep', 'fr/na/64/')], rep: [rep] }
    const first = given('boss', 'chief', 'fr/na/64/', { validTo: '2026-11-15' })
    const second = given('chief', 'rep', 'fr/na/64/pb/')
    expect(may(factsOf(people, first, second), 'rep', 'fr/na/64/pb/', '2026-11-15')).toBe(true)
    expect(may(factsOf(people, first, second), 'rep', 'fr/na/64/pb/', '2026-11-16')).toBe(false)
    expect(may(factsOf(people, second), 'rep', 'fr/na/64/pb/', '2026-11-15')).toBe(false)
  })
  it('handed to each other rests on nothing', () => {
    const people = { a: [rep], b: [rep] }
    const facts = factsOf(people, given('a', 'b', 'fr/na/64/pb/'), given('b', 'a', 'fr/na/64/pb/'))
    expect([may(facts, 'a', 'fr/na/64/pb/'), may(facts, 'b', 'fr/na/64/pb/')]).toEqual([false, false])
  })
})

describe('levels kept for headquarters', () => {
  const at = (role: Role, rank: Rank, path: string) => {
    const facts = factsOf({ who: [held(role, 'fr/')] })
    return verdictAt(scopeOn('2026-11-20', 'who', facts, [rank]), 'field.define', place(path))
  }
  it('are closed to managers, whatever their branch, and open to headquarters', () => {
    expect(at('manager', 2, 'fr/na/64/')).toEqual({ allowed: false, reason: 'headquarters_only' })
    expect(at('manager', 2, 'fr/na/').allowed).toBe(true)
    expect(at('manager', 2, 'fr/na/64/pb/').allowed).toBe(true)
    expect(at('headquarters', 2, 'fr/na/64/').allowed).toBe(true)
  })
  it('leave a manager all his other rights there', () => {
    for (const permission of ROLE_PERMISSIONS.manager.filter((one) => one !== 'field.define')) {
      const facts = factsOf({ who: [held('manager', 'fr/')] })
      const scope = scopeOn('2026-11-20', 'who', facts, [0, 1, 2, 3])
      expect(verdictAt(scope, permission, place('fr/na/')).allowed, permission).toBe(true)
    }
  })
  it('open to whom headquarters handed the right on, not to whom a manager did', () => {
    for (const [role, allowed] of [
      ['headquarters', true],
      ['manager', false],
    ] as const) {
      const facts = factsOf({ boss: [held(role, 'fr/')], rep: [rep] }, given('boss', 'rep', 'fr/na/64/pb/'))
      const scope = scopeOn('2026-11-20', 'rep', facts, [3])
      expect(verdictAt(scope, 'field.define', place('fr/na/64/pb/')).allowed).toBe(allowed)
    }
  })
})

const PEOPLE = ['a', 'b', 'c', 'd']
const somebody = fc.constantFrom(...PEOPLE)
const day = fc.constantFrom(...DAYS)
const where = fc.constantFrom(...TREE)
const period = fc
  .tuple(day, fc.option(day, { nil: null }))
  .map(([validFrom, validTo]) => ({ validFrom, validTo }))
const anyFacts = fc
  .record({
    roles: fc.array(fc.tuple(somebody, fc.constantFrom(...ROLES), where, period), { maxLength: 6 }),
    delegations: fc.array(fc.tuple(somebody, somebody, where, period), { maxLength: 8 }),
  })
  .map(({ roles, delegations }): DelegationFacts => {
    const people = new Map<string, DatedGrant[]>(PEOPLE.map((one) => [one, []]))
    for (const [who, role, path, days] of roles) people.get(who)?.push({ ...held(role, path), ...days })
    return {
      held: people,
      delegations: delegations.map(([giver, receiver, path, days], n) => ({
        ...given(giver, receiver, path, days),
        id: `d${n}`,
      })),
    }
  })
const anyRule = fc.subarray([0, 1, 2, 3] as Rank[])

describe('of any people, roles and delegations', () => {
  it('nobody has by a delegation more than its giver has that day', () => {
    fc.assert(
      fc.property(anyFacts, anyRule, day, where, (facts, rule, today, path) => {
        for (const who of PEOPLE) {
          for (const one of delegatedOn(today, who, facts)) {
            const delegation = facts.delegations.find(({ id }) => id === one.delegationId)
            const alone: Scope = { ...scopeOn(today, who, facts, rule), grants: [], delegated: [one] }
            if (!verdictAt(alone, 'field.define', place(path)).allowed) continue
            const giver = scopeOn(today, delegation?.giverId ?? '', facts, rule)
            expect(verdictAt(giver, 'field.define', place(path)).allowed).toBe(true)
            expect(isWithin(delegation?.path ?? '?', path)).toBe(true)
            expect(verdictAt(scopeOn(today, who, facts), 'field.read', path).allowed).toBe(true)
          }
        }
      }),
      { numRuns: 400 },
    )
  })
  it('whoever defines anywhere has it, in the end, from somebody whose role it is', () => {
    fc.assert(
      fc.property(anyFacts, day, where, (facts, today, path) => {
        const roles = PEOPLE.some(
          (who) =>
            verdictAt({ ...scopeOn(today, who, facts), delegated: [] }, 'field.define', place(path)).allowed,
        )
        for (const who of PEOPLE) if (may(facts, who, path, today)) expect(roles).toBe(true)
      }),
      { numRuns: 400 },
    )
  })
  it('what is taken back gives nobody anything any more, and adds to nobody', () => {
    fc.assert(
      fc.property(anyFacts, fc.nat(7), day, where, (facts, at, today, path) => {
        const gone = facts.delegations[at]
        const after = { ...facts, delegations: facts.delegations.filter((one) => one !== gone) }
        for (const who of PEOPLE) {
          expect(delegatedOn(today, who, after).some((one) => one.delegationId === gone?.id)).toBe(false)
          if (may(after, who, path, today)) expect(may(facts, who, path, today)).toBe(true)
        }
      }),
    )
  })
  it('the answer for one place and day is that of the scope, and its end is the first day it is not', () => {
    fc.assert(
      fc.property(anyFacts, anyRule, day, where, somebody, (facts, rule, today, path, who) => {
        const defines = definesAt(facts, rule)
        const scoped = (on: string) =>
          verdictAt(scopeOn(on, who, facts, rule), 'field.define', place(path)).allowed
        expect(defines(who, place(path), today)).toBe(scoped(today))
        const until = holdsUntil((on) => defines(who, place(path), on), today, facts)
        const run = DAYS.filter((on) => on >= today)
        for (const on of run.filter((one) => one <= until)) expect(scoped(on)).toBe(true)
        if (until !== FOR_EVER && until < (DAYS.at(-1) ?? ''))
          expect(scoped(DAYS.find((on) => on > until && on >= today) ?? today)).toBe(false)
      }),
    )
  })
})
