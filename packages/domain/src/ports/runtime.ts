/** Time, ids and a log, handed in by the applications so that rules and procedures stay testable. */
export type Runtime = {
  readonly now: () => Date
  /** UUIDv7. */
  readonly newId: () => string
  readonly log: Log
}

/** Structured and free of personal data: codes, ids, counts and durations only. */
export type Log = {
  info(event: string, fields?: Readonly<Record<string, string | number | boolean>>): void
  warn(event: string, fields?: Readonly<Record<string, string | number | boolean>>): void
  error(event: string, fields?: Readonly<Record<string, string | number | boolean>>): void
}
