import { requireMember } from './member.ts'
import { procedures } from './procedures.ts'

/**
 * Calls procedures from a page. A page and its layouts are made at the same time, so a page cannot count on its layout's
 * guard: here too, a session that ended goes to sign-in rather than to an error.
 */
export async function caller() {
  await requireMember()
  return procedures()
}
