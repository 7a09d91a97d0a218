import * as z from 'zod'
import { isPhotoId } from '../field/types/photo.ts'

/** A bar of network carries so much before it is lost; no more is sent again. */
export const CHUNK_BYTES = 256 * 1024
/** Of one photo as a phone sends it: six times what one of 1600 points weighs. */
export const MEDIA_BYTES_MAX = 4 * 1024 * 1024
/** Photos that one person sends in a day: more than any round of visits takes. */
export const MEDIA_A_DAY = 200
/** The longest side of a photo, in points, on the phone and on the server. */
export const PHOTO_SIDE = 1600

const sha256 = z.string().regex(/^[0-9a-f]{64}$/)

export const mediaId = z.string().refine(isPhotoId)

/** What a phone says of a photo before it sends it. */
export const mediaHead = z.object({
  /** Whose phone it waits on: never mixed with another person's session. */
  membershipId: z.uuid(),
  /** The report whose answer to this question names it. */
  reportId: z.uuid(),
  fieldId: z.uuid(),
  bytes: z.int().min(1).max(MEDIA_BYTES_MAX),
  sha256,
})
export type MediaHead = z.infer<typeof mediaHead>

/** One part of it, in order from 0. */
export const mediaChunk = z.object({
  chunk: z.coerce
    .number()
    .int()
    .min(0)
    .max(MEDIA_BYTES_MAX / CHUNK_BYTES),
  sha256,
})
export type MediaChunk = z.infer<typeof mediaChunk>

/**
 * What the server has of it: chunks from the beginning, and whether it keeps it for good; `at`: by its clock, ISO 8601.
 */
export type MediaState = { readonly received: number; readonly kept: boolean; readonly at: string }

export const chunksOf = (bytes: number): number => Math.ceil(bytes / CHUNK_BYTES)

/** Where a chunk begins and ends. */
export const chunkBounds = (
  bytes: number,
  chunk: number,
): { readonly from: number; readonly to: number } => ({
  from: chunk * CHUNK_BYTES,
  to: Math.min(bytes, (chunk + 1) * CHUNK_BYTES),
})
