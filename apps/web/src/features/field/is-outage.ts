import { isEnded } from '../../client/error-code.ts'

/** Nothing was answered: the same may be tried again. Apart from error-code.ts, which phones load first. */
export const isOutage = (error: unknown): boolean => error !== null && error !== undefined && !isEnded(error)
