import type { Deps } from '../context.ts'

/** What signing in needs beyond the usual: a key for the counters, and the password hash's own arithmetic. */
export type DoorDeps = Deps & {
  /** Keys the hashes of addresses in the attempt counters. */
  readonly secret: string
  /** Takes as long for null (an unknown address, a person without a password) as for a wrong password. */
  readonly verifyPassword: (hash: string | null, password: string) => Promise<boolean>
}
