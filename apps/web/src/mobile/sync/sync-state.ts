/** What the connection is doing, in terms a person can be told. */
export type SyncState =
  | 'idle'
  | 'working'
  /** The server could not be reached; it will be tried again by itself. */
  | 'offline'
  /** The session ended: work stays here until the person signs in again. */
  | 'signed-out'
  /** Somebody else is signed in in this browser. */
  | 'other-person'
  /** This page is too old for the server: a fresh one must be loaded. */
  | 'outdated'

/** What only the person can mend, by what texts call it: until then nothing leaves, with or without a network. */
export const stoppedBy = (sync: SyncState): 'signedOut' | 'outdated' | null =>
  sync === 'signed-out' ? 'signedOut' : sync === 'outdated' ? 'outdated' : null
