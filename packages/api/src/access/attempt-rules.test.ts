import { describe, expect, it } from 'vitest'
import { attemptSubject, networkOf, normaliseEmail } from './attempt-rules.ts'

describe('what attempts are counted under', () => {
  it('is one network for one subscriber', () => {
    expect(networkOf('203.0.113.9')).toBe('203.0.113.9')
    expect(networkOf('::ffff:203.0.113.9')).toBe('203.0.113.9')
    expect(networkOf('2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1:2::/64')
    expect(networkOf('2001:0DB8:1:2::9%eth0')).toBe('2001:db8:1:2::/64')
    expect(networkOf('::1')).toBe('0:0:0:0::/64')
    expect(networkOf('2001:db8::1')).toBe('2001:db8:0:0::/64')
    expect(networkOf('unknown')).toBe('unknown')
  })
  it('is the same address however it is typed', () => {
    expect(normaliseEmail(' Rep@Demo.test ')).toBe('rep@demo.test')
  })
  it('tells neither the person nor the network, and not the same under two keys or for two uses', () => {
    const subject = attemptSubject('key', 'password', 'rep@demo.test')
    expect(subject).not.toContain('rep')
    expect(attemptSubject('key', 'password', 'rep@demo.test')).toBe(subject)
    expect(attemptSubject('other', 'password', 'rep@demo.test')).not.toBe(subject)
    expect(attemptSubject('key', 'link', 'rep@demo.test').split(':')[1]).not.toBe(subject.split(':')[1])
  })
})
