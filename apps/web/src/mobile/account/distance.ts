import type { AccountRow } from '@fieldback/domain/sync/pull'

export type Point = { readonly latitude: number; readonly longitude: number }
type Placed = Pick<AccountRow, 'latitude' | 'longitude'>

const EARTH_METRES = 6_371_008.8
const radians = (degrees: number): number => (degrees * Math.PI) / 180

/** Metres as the crow flies (haversine, mean radius of IUGG). */
export function distanceBetween(a: Point, b: Point): number {
  const dLat = radians(b.latitude - a.latitude)
  const dLon = radians(b.longitude - a.longitude)
  const h =
    Math.sin(dLat / 2) ** 2 +
    Math.cos(radians(a.latitude)) * Math.cos(radians(b.latitude)) * Math.sin(dLon / 2) ** 2
  return 2 * EARTH_METRES * Math.asin(Math.min(1, Math.sqrt(h)))
}

/** Where an account is, when it is known. */
export const pointOf = ({ latitude, longitude }: Placed): Point | null =>
  latitude === null || longitude === null ? null : { latitude, longitude }

/** Metres from one account to each of the others, null where nobody can tell; null when nobody can of any. */
export function metresFrom(from: Placed, others: readonly Placed[]): readonly (number | null)[] | null {
  const start = pointOf(from)
  const metres = others.map((other) => {
    const end = start && pointOf(other)
    return end && distanceBetween(start, end)
  })
  return metres.some((one) => one !== null) ? metres : null
}
