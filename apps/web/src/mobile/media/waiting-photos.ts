import type { OutboxItem } from '../data/outbox-item.ts'
import { type PhotoName, photoNames } from './photo-names.ts'
import type { Photo } from './photo-store.ts'

export type NamedPhoto = { readonly photo: Photo; readonly name: PhotoName }

/** Whether the server may lack a photo: it never had it, or took its report again since, as after a restored backup. */
export const isWaiting = ({ keptAt, refused }: Photo, name: PhotoName | undefined): boolean =>
  !refused && (keptAt === null || (name?.answeredAt ?? '') > keptAt)

/** Photos of reports that the server lacks: those that will leave, and those that it cannot open. */
export function waitingPhotos(
  outbox: readonly OutboxItem[],
  photos: readonly Photo[],
): { readonly waiting: readonly NamedPhoto[]; readonly refused: readonly NamedPhoto[] } {
  const names = photoNames(outbox)
  const named = photos.flatMap((photo): NamedPhoto[] => {
    const name = names.get(photo.id)
    return name ? [{ photo, name }] : []
  })
  return {
    waiting: named.filter(({ photo, name }) => isWaiting(photo, name)),
    refused: named.filter(({ photo }) => photo.refused),
  }
}
