'use client'
import { useCallback, useEffect, useState } from 'react'
import { type Identity, isLocked } from '../data/identity.ts'
import { hasAuthenticator } from './authenticator.ts'
import { readLock } from './lock-store.ts'

/** `on`: this phone opens by it too; `off`: it could; `none`: it cannot, has no code, or nobody knows yet. */
type Standing = 'on' | 'off' | 'none'

/** Where the phone's own authenticator stands, and how to look again. */
export function useAuthenticator(identity: Identity): readonly [Standing, () => Promise<void>] {
  const [standing, setStanding] = useState<Standing>('none')
  const look = useCallback(async () => {
    if (!isLocked(identity)) return
    const { membershipId } = identity
    const record = await readLock(membershipId)
    if (record?.byPhone) setStanding('on')
    else setStanding((await hasAuthenticator()) ? 'off' : 'none')
  }, [identity])
  useEffect(() => void look().catch(() => {}), [look])
  return [standing, look]
}
