'use client'
import { useEffect, useState } from 'react'
import { callQuery } from '../../client/call.ts'
import { IDENTITY_KEY, isLocked, lockFlag } from '../data/identity.ts'
import { usePhone, usePhoneState } from '../phone.tsx'
import { readServerKeys, writeServerKeys } from './lock-store.ts'
import { partFrom } from './part-from.ts'
import type { Withdrawal } from './withdrawn.tsx'

/** Asks for what a phone needs on the day when it is withdrawn or its code forgotten, while it may. */
export function useServerKeys(): void {
  const { membershipId } = usePhoneState().identity
  useEffect(() => {
    // Without the network, or a session, the next opening asks.
    keepServerKeys(membershipId).catch(() => {})
  }, [membershipId])
}

/** Keeps what the server says now; rejects when it cannot be asked. */
export async function keepServerKeys(membershipId: string): Promise<void> {
  const { membershipId: of, ...keys } = await callQuery('sync.keys')
  if (of !== membershipId) return
  const known = await readServerKeys(membershipId)
  if (known?.credential !== keys.credential || known.publicKey !== keys.publicKey)
    await writeServerKeys(membershipId, keys)
}

/** Set once this phone was withdrawn, which it asks about when its session is refused. */
export function useWithdrawal(): Withdrawal | null {
  const { store } = usePhone()
  const { sync, identity } = usePhoneState()
  const { membershipId } = identity
  const [withdrawal, setWithdrawal] = useState<Withdrawal | null>(null)
  useEffect(() => {
    if (sync !== 'signed-out') return
    partFrom(membershipId, (now) => {
      // Nothing more is typed here.
      store.close()
      setWithdrawal(now)
      // Cut off on the way, it begins again: what was handed over twice is kept once.
    }).catch(() => location.reload())
  }, [sync, membershipId, store])
  return withdrawal
}

const HIDDEN_MOST = 5 * 60_000

/** Locks again what has been out of sight for a while, as when the phone lies on a counter. */
export function useLockWhenHidden(): void {
  const { identity } = usePhoneState()
  useEffect(() => {
    if (!isLocked(identity)) return
    let since = 0
    let timer: ReturnType<typeof setTimeout> | undefined
    const look = (): void => {
      clearTimeout(timer)
      if (document.visibilityState === 'hidden') {
        since = Date.now()
        timer = setTimeout(() => location.reload(), HIDDEN_MOST)
        // Timers of a page out of sight may sleep with it.
      } else if (since > 0 && Date.now() - since > HIDDEN_MOST) location.reload()
    }
    document.addEventListener('visibilitychange', look)
    return () => {
      clearTimeout(timer)
      document.removeEventListener('visibilitychange', look)
    }
  }, [identity])
}

/** What another tab did to the whole phone is done here too: signing out, locking, wiping. */
export function useOtherTabs(): void {
  const { membershipId } = usePhoneState().identity
  useEffect(() => {
    const look = ({ key, newValue }: StorageEvent): void => {
      if ((key === IDENTITY_KEY && newValue === null) || key === lockFlag(membershipId)) location.reload()
    }
    addEventListener('storage', look)
    return () => removeEventListener('storage', look)
  }, [membershipId])
}

const SAID_MS = 6_000

/** Pages that are the server's: without the network, true for a while instead of the browser's error in place of the application. */
export function useOutsideLinks(): boolean {
  const [missed, setMissed] = useState(0)
  useEffect(() => {
    const follow = (event: MouseEvent): void => {
      const link = event.target instanceof Element ? event.target.closest('a') : null
      if (!link || !isOutside(link) || event.defaultPrevented || event.button !== 0) return
      event.preventDefault()
      isReached().then((reached) => {
        if (reached) location.assign(link.href)
        else setMissed(Date.now())
      })
    }
    document.addEventListener('click', follow, true)
    return () => document.removeEventListener('click', follow, true)
  }, [])
  useEffect(() => {
    if (missed === 0) return
    const timer = setTimeout(() => setMissed(0), SAID_MS)
    return () => clearTimeout(timer)
  }, [missed])
  return missed > 0
}

const isOutside = ({ origin, pathname, target, download, protocol }: HTMLAnchorElement): boolean =>
  protocol.startsWith('http') &&
  origin === location.origin &&
  target === '' &&
  download === '' &&
  pathname !== '/m' &&
  !pathname.startsWith('/m/')

const PATIENCE = 5_000

/** Asked for what is never kept on the phone. */
const isReached = (): Promise<boolean> =>
  fetch('/phone-worker.js', {
    method: 'HEAD',
    cache: 'no-store',
    signal: AbortSignal.timeout(PATIENCE),
  }).then(
    () => true,
    () => false,
  )
