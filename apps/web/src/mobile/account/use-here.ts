'use client'
import { useCallback, useState } from 'react'
import type { Point } from './distance.ts'

/** `refused`: the person or the phone's settings said no; `lost`: no position could be had here. */
export type Here = 'unasked' | 'asking' | 'refused' | 'lost' | Point

const WAIT_MS = 15_000
/** A position of the last minute is still here. */
const FRESH_MS = 60_000

/** Where the phone is, asked once when `ask` is called and never followed. */
export function useHere(): { here: Here; point: Point | null; ask: () => void; forget: () => void } {
  const [here, setHere] = useState<Here>('unasked')
  const ask = useCallback(() => {
    if (!('geolocation' in navigator)) return setHere('lost')
    setHere('asking')
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => setHere({ latitude: coords.latitude, longitude: coords.longitude }),
      (error) => setHere(error.code === error.PERMISSION_DENIED ? 'refused' : 'lost'),
      { enableHighAccuracy: false, timeout: WAIT_MS, maximumAge: FRESH_MS },
    )
  }, [])
  const forget = useCallback(() => setHere('unasked'), [])
  return { here, point: typeof here === 'object' ? here : null, ask, forget }
}
