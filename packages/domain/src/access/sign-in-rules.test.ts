import { describe, expect, it } from 'vitest'
import {
  DEFAULT_SIGN_IN_RULES,
  readSignInRules,
  sessionDays,
  signInRules,
  wayRefused,
} from './sign-in-rules.ts'

const rules = (more: object) => ({ ...DEFAULT_SIGN_IN_RULES, ...more })

describe('rules of signing in', () => {
  it('keep at least one way open', () => {
    expect(signInRules.safeParse(rules({ password: false, link: false })).success).toBe(false)
    expect(signInRules.safeParse(rules({ password: false })).success).toBe(true)
    expect(signInRules.safeParse(rules({ link: false })).success).toBe(true)
  })
  it('give a session one to ninety whole days', () => {
    for (const deskDays of [0, 91, 1.5, Number.NaN])
      expect(signInRules.safeParse(rules({ deskDays })).success).toBe(false)
    for (const phoneDays of [1, 90]) expect(signInRules.safeParse(rules({ phoneDays })).success).toBe(true)
  })
  it('tell the desk from the phone', () => {
    expect(sessionDays(rules({ deskDays: 2, phoneDays: 60 }), 'desk')).toBe(2)
    expect(sessionDays(rules({ deskDays: 2, phoneDays: 60 }), 'phone')).toBe(60)
  })
  it('that cannot be read are the usual ones, so that nobody is shut out', () => {
    expect(readSignInRules({ password: false, link: false })).toEqual(DEFAULT_SIGN_IN_RULES)
    expect(readSignInRules(null)).toEqual(DEFAULT_SIGN_IN_RULES)
    expect(readSignInRules(rules({ link: false })).link).toBe(false)
  })
})

describe('a way that is not allowed', () => {
  it('is refused with the one that is', () => {
    expect(wayRefused(rules({ link: false }), { way: 'link', at: 0 }, 'a')).toBe('SIGN_IN_BY_PASSWORD')
    expect(wayRefused(rules({ password: false }), { way: 'password', at: 0 }, 'a')).toBe('SIGN_IN_BY_LINK')
    expect(wayRefused(rules({}), { way: 'password', at: 0 }, 'a')).toBeNull()
  })
  it('is allowed by a link of the organisation itself, and of no other', () => {
    const proof = { way: 'link', at: 0, sentBy: 'a' } as const
    expect(wayRefused(rules({ link: false }), proof, 'a')).toBeNull()
    expect(wayRefused(rules({ link: false }), proof, 'b')).toBe('SIGN_IN_BY_PASSWORD')
  })
})
