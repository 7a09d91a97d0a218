import { ERROR_CODES, type ErrorCode, type ErrorParams } from '@fieldback/domain/errors'

export type ToldError = { readonly code: ErrorCode; readonly params: ErrorParams }

export const OUTAGE: ToldError = { code: 'UNAVAILABLE', params: {} }

/** The code and params of a failed call. Without an answer from the application it is an outage, never a denial. */
export function toldError(error: unknown): ToldError {
  const own = ERROR_CODES.find((known) => known === property(error, 'code'))
  if (own && error instanceof Error)
    return { code: own, params: (property(error, 'params') ?? {}) as ErrorParams }
  const data = property(property(error, 'data'), 'fieldback')
  const code = ERROR_CODES.find((known) => known === property(data, 'code'))
  return code ? { code, params: (property(data, 'params') ?? {}) as ErrorParams } : OUTAGE
}

const property = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined

/** The server answered and would answer the same again. */
export const isEnded = (error: unknown): boolean => toldError(error).code !== 'UNAVAILABLE'

/**
 * Whether a failed read is made again, after so many failures: a denial or a refusal would be the same, and without a network each try
 * only keeps the reason from whoever waits for it. What is read is read anew when the network comes back.
 */
export const isTriedAgain = (failures: number, error: unknown): boolean =>
  failures < 2 && navigator.onLine && !isEnded(error)
