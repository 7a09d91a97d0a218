import type { AccountState } from '../sync/state.ts'
import type { FileLine, Sketches } from './file-lines.ts'
import type { Earlier } from './line.ts'

/** An account as it stands, with the organisation's own number for it. */
export type KnownAccount = AccountState & { readonly ref: string | null }

/** What a batch of lines may be about, read before anything is decided. */
export type AccountsAround = Earlier & {
  /** Accounts with the number, name, phone or e-mail of a line of the batch, or with a close name where it may be. */
  readonly accounts: readonly KnownAccount[]
  /** Lines before the batch that would make an account which a line of the batch may be about. */
  readonly earlier: readonly FileLine[]
  /** How the names of the batch and of those accounts sound. */
  readonly sketches: Sketches
  /** Those of them that this very import made: the file says itself what is twice in it. */
  readonly made: ReadonlySet<string>
}
