'use client'
import { useToast } from '@fieldback/ui/toast'
import { useState } from 'react'
import { todayHere, usePhone, usePhoneState } from '../phone.tsx'
import { type Round, readRound, writeRound } from './kept-round.ts'

/** The reader's round, and how it is changed; kept at each change. */
export function useRound(): { ids: readonly string[]; change: (ids: readonly string[]) => void } {
  const { identity, rows } = usePhoneState()
  const { texts } = usePhone()
  const toast = useToast()
  const today = todayHere()
  const [round, setRound] = useState<Round>(() => readRound(identity.membershipId, rows.accounts, today))
  const change = (ids: readonly string[]) => {
    const next = { day: today, ids }
    if (!writeRound(identity.membershipId, next)) toast({ text: texts('sync')('notKept'), failed: true })
    setRound(next)
  }
  return { ids: round.ids.filter((id) => rows.accounts.has(id)), change }
}
