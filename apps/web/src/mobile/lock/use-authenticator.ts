'use client'
import { useCallback, useEffect, useState } from 'react'
import { hasAuthenticator } from './authenticator.ts'
import { readLock } from './lock-store.ts'

/** `on`: this phone opens by it too; `off`: it could; `none`: it cannot, or nobody knows yet. */
type Standing = 'on' | 'off' | 'none'

/** Where the phone's own authenticator stands, and how to look again. */
export function useAuthenticator(membershipId: string): readonly [Standing, () => Promise<void>] {
  const [standing, setStanding] = useState<Standing>('none')
  const look = useCallback(async () => {
    const record = await readLock(membershipId)
    if (record?.byPhone) setStanding('on')
    else setStanding((await hasAuthenticator()) ? 'off' : 'none')
  }, [membershipId])
  useEffect(() => void look().catch(() => {}), [look])
  return [standing, look]
}
