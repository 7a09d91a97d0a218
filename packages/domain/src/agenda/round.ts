/** Somewhere to stop, as far as an order goes. */
export type Stop = {
  readonly id: string
  /** Degrees; null where nobody knows. */
  readonly point: { readonly latitude: number; readonly longitude: number } | null
  /** As towns are compared; empty when there is none. */
  readonly town: string
}
type Point = NonNullable<Stop['point']>

/** An order for a round, beside the one it had. Metres, in straight lines between stops whose position is known. */
export type Suggestion = {
  readonly order: readonly string[]
  readonly before: number
  readonly after: number
  /** Stops that follow those of their town, since nobody knows where they are. */
  readonly unplaced: number
}

type Metres = (a: Point, b: Point) => number

/**
 * A shorter order, never a longer one than the given: nearest neighbour, then 2-opt (Croes 1958: any part of the way is
 * turned round as long as that makes it shorter), over the stops whose position is known, from `start` or from the first
 * of them. The others follow those of their town, or come last, town by town.
 */
export function suggestOrder(stops: readonly Stop[], metres: Metres, start: Point | null = null): Suggestion {
  const placed = stops.filter((stop): stop is Placed => stop.point !== null)
  const given = placed.map(({ point }) => point)
  const before = lengthOf(given, metres, start)
  const found = shortened(nearest(placed, metres, start), metres, start)
  const after = lengthOf(
    found.map(({ point }) => point),
    metres,
    start,
  )
  const isShorter = after < before
  const way = isShorter ? found : placed
  return {
    order: withUnplaced(
      way,
      stops.filter(({ point }) => point === null),
    ),
    before,
    after: isShorter ? after : before,
    unplaced: stops.length - placed.length,
  }
}

type Placed = Stop & { readonly point: Point }

function lengthOf(way: readonly Point[], metres: Metres, start: Point | null): number {
  let sum = 0
  let last = start
  for (const point of way) {
    if (last) sum += metres(last, point)
    last = point
  }
  return sum
}

/** Each time the nearest of those left; without a start, the first one given is it. */
function nearest(stops: readonly Placed[], metres: Metres, start: Point | null): Placed[] {
  const left = [...stops]
  const way: Placed[] = []
  let here = start ?? left[0]?.point ?? null
  while (here && left.length > 0) {
    let best = 0
    for (let at = 1; at < left.length; at++)
      if (metres(here, (left[at] as Placed).point) < metres(here, (left[best] as Placed).point)) best = at
    const [next] = left.splice(best, 1)
    if (!next) break
    way.push(next)
    here = next.point
  }
  return way
}

/** What a turn must save, in metres: less is rounding, and would be turned without end. */
const WORTH = 1e-6

/** Turns parts of the way round until none of them gets shorter. Without a start, the first stop stays the first. */
function shortened(way: Placed[], metres: Metres, start: Point | null): Placed[] {
  const path = [...way]
  const pointAt = (at: number): Point | null => (at < 0 ? start : (path[at]?.point ?? null))
  const edge = (a: Point | null, b: Point | null): number => (a && b ? metres(a, b) : 0)
  for (let again = true; again; ) {
    again = false
    for (let from = start ? 0 : 1; from < path.length - 1; from++) {
      for (let to = from + 1; to < path.length; to++) {
        const [a, b, c, d] = [pointAt(from - 1), pointAt(from), pointAt(to), pointAt(to + 1)]
        if (edge(a, c) + edge(b, d) >= edge(a, b) + edge(c, d) - WORTH) continue
        path.splice(from, to - from + 1, ...path.slice(from, to + 1).reverse())
        again = true
      }
    }
  }
  return path
}

function withUnplaced(way: readonly Placed[], unplaced: readonly Stop[]): string[] {
  const left = [...unplaced]
  const order: string[] = []
  way.forEach((stop, at) => {
    order.push(stop.id)
    const isLastThere = !way.slice(at + 1).some(({ town }) => town === stop.town)
    if (stop.town === '' || !isLastThere) return
    for (const other of left.filter(({ town }) => town === stop.town)) {
      order.push(other.id)
      left.splice(left.indexOf(other), 1)
    }
  })
  const towns = [...new Set(left.map(({ town }) => town))]
  return [...order, ...towns.flatMap((town) => left.filter((stop) => stop.town === town).map(({ id }) => id))]
}

/** A list with the item at one place put at another; places outside it change nothing. */
export function movedTo<T>(list: readonly T[], from: number, to: number): T[] {
  const moved = [...list]
  if (from < 0 || from >= moved.length || to < 0 || to >= moved.length) return moved
  moved.splice(to, 0, ...moved.splice(from, 1))
  return moved
}
