/** Values that a forecast takes, in a row, without a gap. */
export const FORECAST_POINTS_MIN = 12
/** Steps ahead: beyond a quarter the past says little. */
export const FORECAST_STEPS = 3

export type ForecastStep = { readonly value: number; readonly low: number; readonly high: number }

/** `short`: too few values in a row. `wide`: the band would be wider than all that was seen, and say nothing. */
export type Forecast =
  | { readonly steps: readonly ForecastStep[] }
  | { readonly steps: null; readonly why: 'short' | 'wide' }

/** What a value can be: a share lies between 0 and 1, a count not below 0. */
export type Bounds = { readonly least: number; readonly most: number }

/** A trend that slows down, since none goes on for ever. */
const DAMPING = 0.9
const Z = 1.96
const ALPHAS = [0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]
/** Of the trend, within alpha. */
const BETAS = [0, 0.05, 0.1, 0.2, 0.4]

/**
 * The next steps of a series by Holt's damped trend, with the 95 % interval of each; only the values after the last gap
 * count. How fast it follows is chosen by the smallest error of one step ahead. The interval is that of the model's own
 * errors. Source: Hyndman and Athanasopoulos, "Forecasting: Principles and Practice", 3rd edition, 8.2 and 8.7.
 */
export function forecast(series: readonly (number | null)[], bounds: Bounds): Forecast {
  const known = series.slice(series.lastIndexOf(null) + 1) as number[]
  if (known.length < FORECAST_POINTS_MIN) return { steps: null, why: 'short' }
  const fits = ALPHAS.flatMap((alpha) => BETAS.map((beta) => fit(known, alpha, alpha * beta)))
  const best = fits.reduce((a, b) => (b.squares < a.squares ? b : a))
  // Three were chosen from the same values: the two weights, and the level one began at.
  const deviation = Math.sqrt(best.squares / (known.length - 3))
  const within = (value: number) => Math.min(bounds.most, Math.max(bounds.least, value))
  let [damped, damping, spread] = [0, 1, 1]
  const steps: ForecastStep[] = []
  for (let ahead = 1; ahead <= FORECAST_STEPS; ahead += 1) {
    damping *= DAMPING
    damped += damping
    const value = best.level + damped * best.slope
    const half = Z * deviation * Math.sqrt(spread)
    spread += (best.alpha + best.beta * damped) ** 2
    steps.push({ value: within(value), low: within(value - half), high: within(value + half) })
  }
  const last = steps.at(-1)
  const seen = Math.max(...known) - Math.min(...known)
  // Errors of arithmetic alone must not hide the forecast of what never changes.
  const slack = 1e-9 * Math.max(1, ...known.map(Math.abs))
  return last && last.high - last.low > seen + slack ? { steps: null, why: 'wide' } : { steps }
}

type Fit = {
  readonly alpha: number
  readonly beta: number
  readonly level: number
  readonly slope: number
  readonly squares: number
}

/** One pass: what each value was expected to be, and how the level and its slope follow. */
function fit(values: readonly number[], alpha: number, beta: number): Fit {
  const [first = 0, ...rest] = values
  const half = Math.floor(values.length / 2)
  const mean = (of: readonly number[]) => of.reduce((sum, value) => sum + value, 0) / of.length
  let level = first
  let slope = (mean(values.slice(-half)) - mean(values.slice(0, half))) / (values.length - half)
  let squares = 0
  for (const value of rest) {
    const expected = level + DAMPING * slope
    const error = value - expected
    squares += error * error
    level = expected + alpha * error
    slope = DAMPING * slope + beta * error
  }
  return { alpha, beta, level, slope, squares }
}
