import { describe, expect, it } from 'vitest'
import { follow } from './kept-draft.ts'

const KEPT = { name: 'Peio', locale: 'fr', phone: true }
const open = (typed: Partial<typeof KEPT>) => ({ opened: KEPT, draft: { ...KEPT, ...typed } })

describe('a form over something that others may change meanwhile', () => {
  it('shows what they made of it where nothing was touched', () => {
    const now = { ...KEPT, name: 'Peio E.' }
    expect(follow(open({ locale: 'en' }), now)).toEqual({
      opened: now,
      draft: { ...now, locale: 'en' },
      changed: [],
    })
  })

  it('keeps what was typed, and names the parts that somebody else has changed', () => {
    const now = { ...KEPT, name: 'Peio E.', phone: false }
    const next = follow(open({ name: 'Peio Etche' }), now)
    expect(next.draft).toEqual({ ...now, name: 'Peio Etche' })
    expect(next.changed).toEqual(['name'])
    // Looked at again, it is still so: what was typed is sent only by the person himself.
    expect(follow(next, now)).toEqual(next)
  })

  it('is settled once what is kept is what was typed', () => {
    const saved = { ...KEPT, name: 'Peio Etche' }
    expect(follow(open({ name: 'Peio Etche' }), saved)).toEqual({ opened: saved, draft: saved, changed: [] })
  })

  it('hands back the very same while nothing changes, so that a screen draws once', () => {
    const typed = open({ name: 'P' })
    const next = follow(typed, KEPT)
    expect([next.opened === typed.opened, next.draft === typed.draft, next.changed]).toEqual([true, true, []])
  })
})
