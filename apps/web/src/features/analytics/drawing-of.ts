import { REGION_OF } from '@fieldback/ui/france-regions'
import type { PlaceRow } from './place-rows.ts'

type Drawn = 'regions' | 'regrouped' | 'departments'

/**
 * What can be drawn of territories: regions or departments of France by their official code, or where departments were put together otherwise
 * than France does, regions as their departments; null for any others.
 */
export function drawingOf(rows: readonly PlaceRow[]): Drawn | null {
  const drawn = rows.filter(isDrawn)
  if (drawn.length === 0) return null
  if (drawn.every(({ place }) => place.rank === 1)) return drawn.some(isRegrouped) ? 'regrouped' : 'regions'
  return drawn.every(({ place }) => place.rank === 2) ? 'departments' : null
}

/** By its own code, or by the departments below it. */
export const isDrawn = ({ place: { code, departments } }: PlaceRow): boolean =>
  code !== null || (departments ?? []).some((department) => REGION_OF.has(department))

const isRegrouped = ({ place: { code, departments } }: PlaceRow): boolean =>
  (departments ?? []).some((department) => (REGION_OF.get(department) ?? code) !== code)
