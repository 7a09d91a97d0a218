export type MapShape = {
  code: string
  /** SVG path in the drawing's units. */
  path: string
  /** Where its value is written. */
  valueAt: { x: number; y: number }
  /** Too narrow to be written on: its value stands at the left of that point. */
  beside?: boolean
}

export type Box = { x: number; y: number; width: number; height: number }

/** What is drawn: regions or departments, by INSEE code. */
export type Drawing = { box: Box; shapes: readonly MapShape[] }

/** The box around an outline of straight lines: absolute (M, L) or each point from the one before (M, l). */
export function boxOf(path: string): Box {
  const points = path.split('M').slice(1).flatMap(pointsOf)
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)]
  const [x, y] = [Math.min(...xs), Math.min(...ys)]
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y }
}

function pointsOf(ring: string): (readonly [number, number])[] {
  const numbers = (ring.match(/-?\d+(?:\.\d+)?/g) ?? []).map(Number)
  const relative = ring.includes('l')
  let [x, y] = [0, 0]
  return Array.from({ length: numbers.length / 2 }, (_, at) => {
    const [dx = 0, dy = 0] = numbers.slice(2 * at, 2 * at + 2)
    ;[x, y] = relative && at > 0 ? [x + dx, y + dy] : [dx, dy]
    return [x, y] as const
  })
}

/** Around a shape that fills the picture, in hundredths. */
const MARGIN = 0.04

/** The whole drawing while most of it is known; else what is near the places that are. */
export function viewOf(drawing: Drawing, known: readonly MapShape[]): Box {
  if (known.length === 0 || known.length * 2 > drawing.shapes.length) return drawing.box
  const boxes = known.map(({ path }) => boxOf(path))
  const [x, y] = [Math.min(...boxes.map((box) => box.x)), Math.min(...boxes.map((box) => box.y))]
  const width = Math.max(...boxes.map((box) => box.x + box.width)) - x
  const height = Math.max(...boxes.map((box) => box.y + box.height)) - y
  // No taller than the country, so that the page below keeps its place.
  const wide = Math.max(width, (height * drawing.box.width) / drawing.box.height)
  const margin = wide * MARGIN
  return {
    x: x - (wide - width) / 2 - margin,
    y: y - margin,
    width: wide + 2 * margin,
    height: height + 2 * margin,
  }
}

/** Whether a figure can be written on a shape: in a picture some 350 to 500 px wide. */
export const isRoomy = ({ path, beside = false }: MapShape, view: Box): boolean =>
  beside || boxOf(path).width / view.width > 0.055

/** One outline around shapes of straight lines: borders that two of them share point for point are left out. */
function outlineOf(paths: readonly string[]): string {
  const rings = paths.flatMap((path) => path.split('M').slice(1).map(pointsOf))
  const spot = ([x, y]: readonly [number, number]) => `${x} ${y}`
  const lines = new Map<string, readonly [string, string]>()
  for (const ring of rings)
    for (const [at, point] of ring.entries()) {
      const [a, b] = [spot(point), spot(ring[(at + 1) % ring.length] ?? point)]
      const key = [a, b].sort().join()
      if (!lines.delete(key) && a !== b) lines.set(key, [a, b])
    }
  const from = new Map<string, Set<string>>()
  const side = (spot: string) => from.get(spot) ?? from.set(spot, new Set()).get(spot) ?? new Set()
  for (const [a, b] of lines.values()) {
    side(a).add(b)
    side(b).add(a)
  }
  let outline = ''
  for (const first of from.keys()) {
    const ring: string[] = []
    for (let at: string | undefined = first; at !== undefined; ) {
      const [next]: Iterable<string | undefined> = side(at)
      if (next === undefined) break
      ring.push(at)
      side(at).delete(next)
      side(next).delete(at)
      at = next
    }
    if (ring.length > 0) outline += `M${ring.join('L')}Z`
  }
  return outline
}

/** A shape this near the right edge has its value written at its left. */
const RIGHT = 0.85

/** Shapes of a drawing put together under keys of their own, each written on in its middle one; none for a key whose codes are not drawn. */
export function grouped(
  { box, shapes }: Drawing,
  groups: readonly { readonly key: string; readonly codes: readonly string[] }[],
): Drawing {
  const byCode = new Map(shapes.map((shape) => [shape.code, shape]))
  return {
    box,
    shapes: groups.flatMap(({ key, codes }) => {
      const parts = codes.flatMap((code) => byCode.get(code) ?? [])
      const mean = (axis: 'x' | 'y') =>
        parts.reduce((sum, { valueAt }) => sum + valueAt[axis], 0) / parts.length
      const [x, y] = [mean('x'), mean('y')]
      const away = ({ valueAt }: MapShape) => Math.hypot(valueAt.x - x, valueAt.y - y)
      const [middle] = parts.toSorted((a, b) => away(a) - away(b))
      if (!middle) return []
      const path = outlineOf(parts.map((part) => part.path))
      const { x: left } = boxOf(path)
      return left > box.x + RIGHT * box.width
        ? [{ code: key, path, valueAt: { ...middle.valueAt, x: left }, beside: true }]
        : [{ code: key, path, valueAt: middle.valueAt }]
    }),
  }
}
