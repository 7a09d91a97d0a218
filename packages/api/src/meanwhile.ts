import { isDeepStrictEqual } from 'node:util'
import { FieldbackError } from '@fieldback/domain/errors'

/**
 * Of two people who change the same thing, the second must have seen what the first made of it: `known` is what his
 * screen showed, `kept` what is there under the lock. Without `known` whatever is there is replaced. CHANGED_MEANWHILE.
 */
export function refuseChanged<T>(known: T | undefined, kept: T): void {
  if (known !== undefined && !isDeepStrictEqual(known, kept)) throw new FieldbackError('CHANGED_MEANWHILE')
}
