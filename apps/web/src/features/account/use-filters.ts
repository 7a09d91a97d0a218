'use client'
import type { AccountFilter } from '@fieldback/domain/account/account-filter'
import { useEffect, useMemo, useState } from 'react'
import { useAddress } from '../../client/use-address.ts'

export const KINDS = ['all', 'client', 'prospect'] as const
export type Kind = (typeof KINDS)[number]
type Typed = 'search' | 'town'
/** Where each is kept in the address. */
const KEYS: Readonly<Record<Typed, string>> = { search: 'q', town: 'town' }

export type FilterState = {
  /** As typed. */
  readonly typed: Readonly<Record<Typed, string>>
  readonly kind: Kind
  readonly home: boolean
  /** A question and its value, "<fieldId>:<value>"; empty: any. */
  readonly answer: string
  readonly any: boolean
  /** The same as the server is asked. */
  readonly sought: Omit<AccountFilter, 'territoryId'>
  readonly write: (what: Typed, text: string) => void
  /** The hand went elsewhere, perhaps to a link: the address must not change once that has been followed. */
  readonly settle: () => void
  readonly set: (changed: Partial<{ kind: Kind; home: boolean; answer: string }>) => void
}

/** What is sought is part of the address. Letters show at once and reach it when the hand rests. */
export function useFilters(): FilterState {
  const address = useAddress()
  const [typed, setTyped] = useState({ search: address.get('q') ?? '', town: address.get('town') ?? '' })
  const [search, town] = [typed.search.trim(), typed.town.trim()]
  const { set } = address
  useEffect(() => {
    const rest = setTimeout(() => set({ [KEYS.search]: search, [KEYS.town]: town }), 300)
    return () => clearTimeout(rest)
  }, [search, town, set])
  const kind = KINDS.find((one) => one === address.get('kind')) ?? 'all'
  const home = address.get('home') === '1'
  const answer = address.get('answer') ?? ''
  const sought = useMemo(
    () => ({ search, town, home, kind: kind === 'all' ? null : kind, answer: answerOf(answer) }),
    [search, town, home, kind, answer],
  )
  return {
    typed,
    kind,
    home,
    answer,
    any: search !== '' || town !== '' || kind !== 'all' || home || sought.answer !== null,
    sought,
    write: (what, text) => setTyped({ ...typed, [what]: text }),
    settle: () => set({ [KEYS.search]: search, [KEYS.town]: town }),
    set: (changed) =>
      set({
        ...(changed.kind ? { kind: changed.kind === 'all' ? null : changed.kind } : {}),
        ...(changed.home === undefined ? {} : { home: changed.home ? '1' : null }),
        ...(changed.answer === undefined ? {} : { answer: changed.answer || null }),
      }),
  }
}

/** Null for what is no question with a value: an address may hold anything. */
function answerOf(text: string): AccountFilter['answer'] {
  const [, fieldId, value] = /^([0-9a-f-]{36}):(.{1,100})$/.exec(text) ?? []
  return fieldId && value ? { fieldId, value } : null
}
