/** Five classes, light to dark. */
export type RampStep = 1 | 2 | 3 | 4 | 5

/** The lowest value of classes 2, 3, 4 and 5. */
export type RampBreaks = readonly [number, number, number, number]

export const rampStep = (value: number, breaks: RampBreaks): RampStep =>
  (1 + breaks.filter((lowest) => value >= lowest).length) as RampStep

/** Classes of about as many places each. Places that tie stay together. */
export const quintiles = (values: readonly number[]): RampBreaks => {
  const sorted = values.toSorted((a, b) => a - b)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share))] ?? 0
  return [at(0.2), at(0.4), at(0.6), at(0.8)]
}
