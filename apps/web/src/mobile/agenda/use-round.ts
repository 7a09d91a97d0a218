'use client'
import { useState } from 'react'
import { todayHere, usePhoneState } from '../phone.tsx'
import { type Round, readRound, writeRound } from './kept-round.ts'

/** The reader's round, and how it is changed; kept at each change. */
export function useRound(): { ids: readonly string[]; change: (ids: readonly string[]) => void } {
  const { identity, rows } = usePhoneState()
  const today = todayHere()
  const [round, setRound] = useState<Round>(() => readRound(identity.membershipId, rows.accounts, today))
  const change = (ids: readonly string[]) => {
    const next = { day: today, ids }
    writeRound(identity.membershipId, next)
    setRound(next)
  }
  return { ids: round.ids.filter((id) => rows.accounts.has(id)), change }
}
