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

/** Shapes of a drawing put together under keys of their own, each written on in its middle one; none of a key whose codes are not drawn. */
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
      return middle
        ? [{ code: key, path: parts.map(({ path }) => path).join(''), valueAt: middle.valueAt }]
        : []
    }),
  }
}
