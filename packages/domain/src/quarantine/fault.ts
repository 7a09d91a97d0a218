import type { OperationKind, QuarantineCode } from '../sync/operation.ts'

/** Plain words of an operation that a manager may write anew when they are what could not be read. */
export const WORDS = [
  'name',
  'firstName',
  'lastName',
  'jobTitle',
  'activity',
  'phone',
  'email',
  'street',
  'postcode',
  'city',
  'day',
  'dueDay',
  'reason',
  'note',
] as const
export type WordKey = (typeof WORDS)[number]

/**
 * What was refused, as a person repairs it. `identity`: its id is taken, and it can have another; `none`: nothing a manager
 * gives would help, only another hour might.
 */
export type Fault =
  | { readonly of: 'account' | 'contact' | 'territory' | 'identity' | 'none' }
  | { readonly of: 'answer'; readonly key: string }
  | { readonly of: 'word'; readonly key: WordKey }

/** What was put aside: the operation as it came, and where it was refused. */
export type Refused = {
  readonly operation: unknown
  readonly code: QuarantineCode
  readonly path: readonly string[]
}

/** Kinds that managers settle: a contest has no name, and a return noted as seen is nobody's work. */
export const MANAGED_KINDS = [
  'report.create',
  'report.amend',
  'report.withdraw',
  'account.create',
  'account.update',
  'contact.create',
  'contact.update',
  'callback.set',
  'callback.done',
] as const satisfies readonly OperationKind[]
export type ManagedKind = (typeof MANAGED_KINDS)[number]
/** What a withdrawn phone hands over beside operations. */
export const HANDED_KINDS = ['draft', 'photo'] as const
export type AsideKind = ManagedKind | (typeof HANDED_KINDS)[number]

/** Kinds whose account is theirs to choose; of the others it follows from what they correct. */
const OWN_ACCOUNT = ['report.create', 'account.update', 'contact.create', 'callback.set']

export function faultOf({ operation, code, path }: Refused): Fault {
  const kind = kindOf(operation)
  const [first, key = '', field] = path
  if (code === 'OP_REUSED' || (code === 'OP_EXISTS' && kind.endsWith('.create'))) return { of: 'identity' }
  if (first === 'entityId' || key === 'accountId') {
    if (OWN_ACCOUNT.includes(kind)) return { of: 'account' }
    return { of: kind === 'contact.update' ? 'contact' : 'none' }
  }
  if (first !== 'body') return { of: 'none' }
  if (key === 'contactId') return { of: 'contact' }
  if (key === 'territoryId') return { of: 'territory' }
  if (key === 'values' && field !== undefined) return { of: 'answer', key: field }
  const word = WORDS.find((known) => known === key)
  return word ? { of: 'word', key: word } : { of: 'none' }
}

export type Json = Readonly<Record<string, unknown>>

export const asObject = (value: unknown): Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {}

/** What was typed: the body of an operation, or the draft that was never saved. */
export function bodyOf(operation: unknown): Json {
  const { body, draft } = asObject(operation)
  return asObject(body ?? draft)
}

/** The kind that an operation says it is, whether or not there is such a kind. */
export function kindOf(operation: unknown): string {
  const { kind } = asObject(operation)
  return typeof kind === 'string' ? kind : ''
}
