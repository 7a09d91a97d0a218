import { describe, expect, it } from 'vitest'
import type { OutboxItem } from '../data/outbox-item.ts'
import { refusalStanding } from './refusal-standing.ts'

const refusal = (state: OutboxItem['state'], accountId = 'a', word: string | null = 'Fermé'): OutboxItem =>
  ({
    state,
    operation: { kind: 'objective.refuse', entityId: 'r', body: { objectiveId: 'o', accountId, word } },
  }) as unknown as OutboxItem

describe('a word on an account for an objective', () => {
  it('says where the last one stands, and nothing of what the server has', () => {
    expect(refusalStanding({ outbox: [] }, 'o', 'a')).toBeNull()
    expect(refusalStanding({ outbox: [refusal('accepted')] }, 'o', 'a')).toBeNull()
    expect(refusalStanding({ outbox: [refusal('aside'), refusal('phone')] }, 'o', 'a')).toBe('phone')
    expect(refusalStanding({ outbox: [refusal('phone'), refusal('aside')] }, 'o', 'a')).toBe('aside')
    expect(refusalStanding({ outbox: [refusal('aside'), refusal('accepted')] }, 'o', 'a')).toBeNull()
  })
  it('is of its own account and objective', () => {
    expect(refusalStanding({ outbox: [refusal('phone', 'b')] }, 'o', 'a')).toBeNull()
    expect(refusalStanding({ outbox: [refusal('phone')] }, 'other', 'a')).toBeNull()
  })
})
