/** Round steps covering low..high, about `count` of them, the first at or under `low` and the last at or over `high`. */
export const niceTicks = (low: number, high: number, count = 4): number[] => {
  const span = high - low || Math.abs(high) || 1
  const raw = span / Math.max(1, count - 1)
  const power = 10 ** Math.floor(Math.log10(raw))
  const step = ([1, 2, 2.5, 5, 10].find((one) => one * power >= raw) ?? 10) * power
  const first = Math.floor(low / step)
  const last = Math.max(first + 1, Math.ceil(high / step))
  return Array.from({ length: last - first + 1 }, (_, k) => Number(((first + k) * step).toPrecision(12)))
}

/** Which of `length` labels to write so that at most `most` appear: evenly spaced from the first, the last always. */
export const spacedLabels = (length: number, most: number): ReadonlySet<number> => {
  const last = length - 1
  const spaced = (every: number) =>
    Array.from({ length }, (_, at) => at).filter(
      (at) => at === last || (at % every === 0 && last - at >= every),
    )
  let every = 1
  while (every < length && spaced(every).length > most) every += 1
  return new Set(spaced(every))
}

/** Pushes heights apart so that labels never overlap: same order, at least `gap` between them, moved as little as may be. */
export const spreadLabels = (heights: readonly number[], gap: number): number[] => {
  const order = heights.map((y, at) => ({ y, at })).sort((a, b) => a.y - b.y)
  for (let pass = 0; pass < order.length; pass += 1)
    for (let k = 1; k < order.length; k += 1) {
      const [above, below] = [order[k - 1], order[k]]
      const lack = above && below ? gap - (below.y - above.y) : 0
      if (!above || !below || lack <= 0) continue
      above.y -= lack / 2
      below.y += lack / 2
    }
  const spread: number[] = []
  for (const { y, at } of order) spread[at] = y
  return spread
}

type Point = { x: number; y: number | null }

/** A path that breaks where a value is missing: a gap is not a zero. */
export const linePath = (points: readonly Point[]): string => {
  let pen = 'M'
  let path = ''
  for (const { x, y } of points) {
    if (y === null) pen = 'M'
    else {
      path += `${pen}${Number(x.toFixed(2))} ${Number(y.toFixed(2))}`
      pen = 'L'
    }
  }
  return path
}
