import * as z from 'zod'
import { MEDIA_BYTES_MAX, mediaId } from '../media/media.ts'
import { BATCH_MAX } from './operation.ts'

/** Days after it was withdrawn during which a phone may still hand over what it holds. */
export const HANDOVER_DAYS = 30
/** What one phone may leave in quarantine that way: more than any outbox holds, less than what fills a disk. */
export const HANDOVER_MOST = 5_000

/** Whether a phone withdrawn at an instant may still hand over; one that was not withdrawn always may. */
export const mayHandOver = (revokedAt: Date | null, now: Date): boolean =>
  revokedAt === null || now.getTime() - revokedAt.getTime() < HANDOVER_DAYS * 86_400_000

/** The key of a phone that locks itself, closed for the server alone, in base64url (sealed-key.ts). */
export const sealedKey = z
  .string()
  .max(300)
  .regex(/^[\w-]+$/)

/** A photo that had not left; one a call, for its weight. What names it says whose it is. */
const handedPhoto = z.object({
  id: mediaId,
  /** In base64url. */
  jpeg: z
    .string()
    .max(MEDIA_BYTES_MAX * 1.5)
    .regex(/^[\w-]+$/),
  sealed: z.boolean().default(false),
})

export type HandedPhoto = z.infer<typeof handedPhoto>

/** What a phone that may do nothing else hands over, in clear or closed under that key. */
export const handover = z.object({
  protocol: z.int(),
  sealedKey: sealedKey.nullable().default(null),
  operations: z.array(z.record(z.string(), z.unknown())).max(BATCH_MAX),
  drafts: z.array(z.record(z.string(), z.unknown())).max(BATCH_MAX),
  photos: z.array(handedPhoto).max(1).default([]),
})
export type Handover = z.input<typeof handover>

/** Whether the phone may still be used, and how many pieces of what it handed over just now are kept here. */
export type HandedOver = { readonly standing: 'live' | 'revoked'; readonly kept: number }
