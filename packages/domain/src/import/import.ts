/** What a file holds, one record a line. */
export const IMPORT_KINDS = ['territories', 'people', 'accounts', 'contacts'] as const
export type ImportKind = (typeof IMPORT_KINDS)[number]

/**
 * Where an import stands. `reading`, `trying`, `importing` and `undoing` are the worker's, with progress; the others wait
 * for somebody or are over. A dry run (`trying`) writes nothing but what it found of each line.
 */
export const IMPORT_STATES = [
  'reading',
  'to_map',
  'trying',
  'tried',
  'importing',
  'done',
  'undoing',
  'undone',
  'failed',
] as const
export type ImportState = (typeof IMPORT_STATES)[number]

/** What becomes (or became) of a line: `duplicate` is held back, since it looks like somebody who is there already. */
export const LINE_OUTCOMES = ['create', 'update', 'unchanged', 'duplicate', 'refused'] as const
export type LineOutcome = (typeof LINE_OUTCOMES)[number]

/** What to do with lines that look like an existing record: hold them back, merge them into it, or create them anyway. */
export const DUPLICATE_CHOICES = ['hold', 'merge', 'create'] as const
export type DuplicateChoice = (typeof DUPLICATE_CHOICES)[number]

/**
 * Column of the file (from 0) by target. Targets are those of `IMPORT_TARGETS`, or `field:<field id>` for a question of
 * the organisation on accounts or contacts.
 */
export type ImportMapping = Readonly<Record<string, number>>

export type ImportOptions = {
  readonly duplicates: DuplicateChoice
  /** Home of accounts whose line names no territory; null refuses such lines. */
  readonly territoryId: string | null
}

export type ImportTarget = { readonly key: string; readonly required: boolean }

/** What each kind of file may bring, in the order of its template. */
export const IMPORT_TARGETS: Readonly<Record<ImportKind, readonly ImportTarget[]>> = {
  territories: [
    { key: 'name', required: true },
    { key: 'level', required: true },
    { key: 'parent', required: false },
    { key: 'code', required: false },
  ],
  people: [
    { key: 'email', required: true },
    { key: 'name', required: true },
    { key: 'firstName', required: false },
    { key: 'role', required: false },
    { key: 'territory', required: false },
    { key: 'from', required: false },
    { key: 'to', required: false },
    { key: 'locale', required: false },
  ],
  accounts: [
    { key: 'ref', required: false },
    { key: 'name', required: true },
    { key: 'kind', required: false },
    { key: 'activity', required: false },
    { key: 'street', required: false },
    { key: 'postcode', required: false },
    { key: 'city', required: false },
    { key: 'phone', required: false },
    { key: 'email', required: false },
    { key: 'territory', required: false },
    { key: 'visitEveryDays', required: false },
  ],
  contacts: [
    { key: 'accountRef', required: false },
    { key: 'account', required: false },
    { key: 'accountPostcode', required: false },
    { key: 'accountCity', required: false },
    { key: 'lastName', required: true },
    { key: 'firstName', required: false },
    { key: 'jobTitle', required: false },
    { key: 'phone', required: false },
    { key: 'email', required: false },
    { key: 'optedOut', required: false },
  ],
}

/** Why a line is refused: a code, the target it concerns and what the sentence needs (`import.reason.<code>` in i18n). */
export const LINE_FAULTS = [
  'MISSING',
  'TOO_LONG',
  'NOT_EMAIL',
  'NOT_DATE',
  'NOT_DATE_TIME',
  'NOT_NUMBER',
  'NOT_DURATION',
  'NOT_POSITION',
  'NOT_FROM_A_FILE',
  'NOT_YES_NO',
  'NOT_OPTION',
  'ROLE_UNKNOWN',
  'LEVEL_UNKNOWN',
  'TERRITORY_UNKNOWN',
  'TERRITORY_AMBIGUOUS',
  'PARENT_UNKNOWN',
  'PARENT_REFUSED',
  'PARENT_LEVEL',
  'PARENT_CYCLE',
  'NAME_TAKEN',
  'ACCOUNT_UNKNOWN',
  'ACCOUNT_AMBIGUOUS',
  'ACCOUNT_LIKELY',
  'DATES_REVERSED',
  'TWICE_IN_FILE',
  'REF_OF_ANOTHER',
  'REF_DIFFERS',
  'CELLS_EXTRA',
  'OUT_OF_RANGE',
  'NOT_ASKED_THERE',
  'ACCESS_ENDED',
  'PLACE_OTHER',
] as const
export type LineFault = {
  readonly code: (typeof LINE_FAULTS)[number]
  readonly target: string | null
  readonly params: Readonly<Record<string, string | number>>
}

/**
 * What a line looks like: an existing record, or with `line` an earlier line of the same file. Score 0 to 1, and reasons
 * (`import.duplicate.<reason>` in i18n), as `account/duplicates.ts` and `likely-accounts.ts` give them.
 */
export type LineMatch = {
  readonly id: string
  readonly line?: number
  readonly name: string
  readonly place: string | null
  readonly score: number
  readonly reasons: readonly string[]
}

/**
 * Why a record that the import made or changed stays as it is when the import is taken back (`import.kept.<code>` in
 * i18n): something hangs on it, somebody changed it since, it is gone already.
 */
export const KEPT_REASONS = ['USED', 'CHANGED', 'GONE'] as const
export type KeptReason = (typeof KEPT_REASONS)[number]

export type ImportCounts = Readonly<Record<LineOutcome, number>>

/**
 * Why a whole file was given up (`import.failed.<code>` in i18n), FORGOTTEN by nobody going on. STOPPED alone keeps what was done before, with the
 * `step` that can be gone on with: `importing` or `undoing`.
 */
export const IMPORT_FAILURES = [
  'FILE_EMPTY',
  'FILE_NOT_TABLE',
  'FILE_TOO_LARGE',
  'FILE_INFLATES',
  'TOO_MANY_LINES',
  'TOO_MANY_COLUMNS',
  'CELL_TOO_LONG',
  'QUOTE_OPEN',
  'DISK_FULL',
  'UNAVAILABLE',
  'STOPPED',
  'FORGOTTEN',
] as const
export type ImportFailure = {
  readonly code: (typeof IMPORT_FAILURES)[number]
  readonly params: Readonly<Record<string, string | number>>
}

/** One import as lists show it. Instants are ISO 8601. */
export type ImportSummary = {
  readonly id: string
  readonly kind: ImportKind
  readonly fileName: string
  readonly state: ImportState
  /** Lines of the file, known once it is read. */
  readonly lines: number
  /** Lines handled by the step at work. */
  readonly handled: number
  /** Another import of the organisation is at work: this one begins when it is over. */
  readonly waits: boolean
  /** Nobody has given a sign of life for it: it goes on by itself once a worker is there. */
  readonly stalled: boolean
  readonly counts: ImportCounts
  readonly failure: ImportFailure | null
  readonly createdBy: string
  readonly createdAt: string
  readonly finishedAt: string | null
  /** Its lines are not kept any more. */
  readonly purged: boolean
  /** Until when the whole import can be taken back; null when it cannot. */
  readonly undoUntil: string | null
  /** Records taken back, and those that could not be; null before an undo. */
  readonly undone: { readonly back: number; readonly kept: number } | null
}

export type ImportColumn = {
  readonly header: string
  /** First values that are not empty, at most three. */
  readonly samples: readonly string[]
}

/** One import as its page shows it. */
export type ImportDetail = ImportSummary & {
  /** `utf-8` or `windows-1252` for CSV with its separator; the sheet's name for XLSX. */
  readonly format: { readonly encoding?: string; readonly separator?: string; readonly sheet?: string }
  readonly columns: readonly ImportColumn[]
  /** As chosen, or guessed while `to_map`. */
  readonly mapping: ImportMapping
  readonly options: ImportOptions
  /** Questions of the organisation that a column may answer, for accounts and contacts. */
  readonly fields: readonly { readonly target: string; readonly label: string }[]
}

export type ImportLine = {
  /** Line of the table, headers are line 1. */
  readonly line: number
  readonly cells: readonly string[]
  readonly outcome: LineOutcome
  readonly faults: readonly LineFault[]
  readonly matches: readonly LineMatch[]
  /** Set by an undo that left this line's record as it is. */
  readonly kept: KeptReason | null
}

/** Bounds of a file; more is refused as a whole, with the bound in the sentence. */
export const IMPORT_MAX = {
  bytes: 64 * 1024 * 1024,
  inflatedBytes: 512 * 1024 * 1024,
  lines: 500_000,
  columns: 200,
  cell: 10_000,
} as const

/** Days during which a whole import can be taken back. Its lines are deleted afterwards. */
export const UNDO_DAYS = 30

/** Days after which an import that waits for somebody is given up, and its lines deleted. */
export const FORGOTTEN_DAYS = 14
