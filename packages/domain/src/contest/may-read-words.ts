import type { Scope } from '../access/scope.ts'
import { GROUP_MIN } from '../analytics/group-size.ts'
import { isWithin, type Path } from '../territory/path.ts'

/**
 * Whether a reader may read, without names, the words of those who contest a question: he stands at its owner's
 * territory or below it, since levels above see counts and no free text.
 */
export const mayReadWords = (scope: Scope, ownerPath: Path): boolean =>
  scope.grants.some((grant) => isWithin(ownerPath, grant.path))

/**
 * Whether a word may be read by anybody but its writer. Fewer than five reps in the owner's branch, and a reader would
 * know who wrote it: then only if the writer said so.
 */
export const wordShown = (contest: { readonly openly: boolean }, reps: number): boolean =>
  contest.openly || reps >= GROUP_MIN
