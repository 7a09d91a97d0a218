import { describe, expect, it } from 'vitest'
import type { Scope } from '../access/scope.ts'
import { answerOf, mayBeTold } from './told.ts'

const scope = (role: 'rep' | 'manager' | 'administrator', path: string): Scope => ({
  orgId: 'o',
  membershipId: 'm',
  deviceId: 'd',
  day: '2026-11-20',
  grants: [{ assignmentId: 'a', role, territoryId: 't', path }],
})

describe('an insight', () => {
  const rep = scope('rep', 'fr/na/pb/')
  it.each([
    ['one’s own, of one person', 'anomaly', 1, 'fr/na/pb/', true],
    ['below, of one person', 'cold', 1, 'fr/na/pb/x/', true],
    ['above, of four people', 'association', 4, 'fr/na/', false],
    ['above, of five people', 'association', 5, 'fr/na/', true],
    ['above, naming accounts', 'cold', 60, 'fr/', false],
    ['beside', 'association', 60, 'fr/na/be/', false],
  ] as const)('%s is told to a rep: %s of %i people at %s, %s', (_, kind, people, path, told) => {
    expect(mayBeTold(rep, { kind, people, path })).toBe(told)
  })
  it('is not told to who administers: administering is not reading', () => {
    expect(mayBeTold(scope('administrator', 'fr/'), { kind: 'association', people: 60, path: 'fr/' })).toBe(
      false,
    )
  })
})

it('classes of visits are told by both their ends, the last by one', () => {
  const delay = (bucket: string) => answerOf({ factor: { kind: 'delay' }, bucket }, undefined)
  expect(delay('15')).toMatchObject({ from: 15, to: 30 })
  expect(delay('121')).toMatchObject({ from: 121, to: null })
})

it('of a question that is gone, what was answered keeps its name', () => {
  expect(answerOf({ factor: { kind: 'answer', fieldId: 'f' }, bucket: 'a' }, undefined)).toEqual({
    kind: 'other',
    bucket: 'a',
  })
})
