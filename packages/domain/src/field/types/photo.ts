import type { FieldSpec } from '../field-spec.ts'
import type { Check } from './value.ts'

/** More than this of one thing are looked at by nobody. */
export const PHOTOS_MOST = 5

export const isPhotoCount = (count: number | undefined): boolean =>
  count !== undefined && Number.isInteger(count) && count >= 1 && count <= PHOTOS_MOST

/** How many photos a question takes. */
export const photosOf = ({ max = 1 }: Pick<FieldSpec, 'max'>): number => max

/** UUIDv7, made when the photo is taken. */
const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
export const isPhotoId = (id: unknown): id is string => typeof id === 'string' && ID.test(id)

/** Photos by their ids alone: the report is accepted whether or not they have come. */
export const photosFault: Check = (spec, value) => {
  if (!Array.isArray(value)) return 'ANSWER_TYPE'
  const ids: readonly unknown[] = value
  if (new Set(ids).size !== ids.length || !ids.every(isPhotoId)) return 'ANSWER_TYPE'
  return ids.length > photosOf(spec) ? 'ANSWER_RANGE' : null
}

/** When a photo was taken, in ms since 1970 by the phone's clock: its id says it. */
export const takenAt = (id: string): number => Number.parseInt(id.replace('-', '').slice(0, 12), 16)
