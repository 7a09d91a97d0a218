'use client'
import { mediaTexts } from '@fieldback/i18n/phone-media'
import { useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import { usePhone, usePhoneState } from '../phone.tsx'
import { hookOf } from '../use-texts.ts'
import { type Photos, type PhotosState, photosOf } from './photos.ts'
import { waitingPhotos } from './waiting-photos.ts'

export function usePhotos(): Photos & { readonly state: PhotosState } {
  const { store } = usePhone()
  const photos = photosOf(store)
  return { ...photos, state: useSyncExternalStore(photos.subscribe, photos.getState) }
}

/** Photos of reports that the server lacks. */
export function useWaitingPhotos(): ReturnType<typeof waitingPhotos> {
  const { outbox } = usePhoneState()
  const { photos } = usePhotos().state
  return useMemo(() => waitingPhotos(outbox, photos ?? []), [outbox, photos])
}

/** What photos say; fetched with them, never with Today. */
export const useMediaTexts = hookOf(mediaTexts)

/** Where a photo is seen: on this phone when it holds it, else on the server; null until that is known. */
export function usePhotoAddress(id: string): string | null {
  const { store } = usePhone()
  const [address, setAddress] = useState<string | null>(null)
  useEffect(() => {
    let made: string | null = null
    let gone = false
    const show = (bytes: ArrayBuffer | undefined): void => {
      if (gone) return
      made = bytes ? URL.createObjectURL(new Blob([bytes], { type: 'image/jpeg' })) : null
      setAddress(made ?? `/api/media/${id}`)
    }
    photosOf(store)
      .read(id)
      .catch(() => undefined)
      .then(show)
    return () => {
      gone = true
      if (made) URL.revokeObjectURL(made)
    }
  }, [store, id])
  return address
}
