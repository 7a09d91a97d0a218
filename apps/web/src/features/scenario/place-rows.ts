import type { PlaceLine, ShownSide } from './scenario-page.ts'

export type SideName = 'before' | 'after'

export type PlaceRow = {
  readonly place: PlaceLine
  readonly side: ShownSide
  readonly depth: number
  /** Undefined when nothing lies below. */
  readonly open: boolean | undefined
}

/** The territories of one of the two trees as rows, each under its parent; what was folded by hand stays folded. */
export function placeRows(
  places: readonly PlaceLine[],
  side: SideName,
  { top, folded }: { readonly top: string; readonly folded: ReadonlySet<string> },
): PlaceRow[] {
  const below = new Map<string, PlaceLine[]>()
  for (const place of places) {
    const parent = place[side]?.parentId
    if (parent) below.set(parent, [...(below.get(parent) ?? []), place])
  }
  const rowsOf = (place: PlaceLine, depth: number): PlaceRow[] => {
    const shown = place[side]
    if (!shown) return []
    const children = below.get(place.id) ?? []
    const open = shown.below === 0 ? undefined : children.length > 0 && !folded.has(place.id)
    return [
      { place, side: shown, depth, open },
      ...(open ? children.flatMap((child) => rowsOf(child, depth + 1)) : []),
    ]
  }
  const first = places.find(({ id }) => id === top)
  return first ? rowsOf(first, 0) : []
}
