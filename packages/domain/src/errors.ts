/** Every error a person or a caller can meet. The sentence is in i18n (`error.<CODE>`), the transport code in api. */
export const ERROR_CODES = [
  'UNAUTHENTICATED',
  'CREDENTIALS_WRONG',
  'LINK_SPENT',
  'PASSWORD_CURRENT',
  'SIGN_IN_BY_LINK',
  'SIGN_IN_BY_PASSWORD',
  'SIGN_IN_RULES_LOCK_OUT',
  'INVITATION_WAITING',
  'MEMBERSHIP_REVOKED',
  'MEMBERSHIP_OTHER',
  'DEVICE_REVOKED',
  'FORBIDDEN',
  'NOT_FOUND',
  'INVALID_INPUT',
  'TOO_LARGE',
  'TOO_MANY_ATTEMPTS',
  'CONFLICT',
  'CHANGED_MEANWHILE',
  'PROTOCOL_UNKNOWN',
  'EPOCH_CHANGED',
  'TERRITORY_RANK',
  'TERRITORY_NAME_TAKEN',
  'TERRITORY_OUTSIDE_BRANCH',
  'TERRITORY_CODE_TAKEN',
  'TERRITORY_CYCLE',
  'TERRITORY_NOT_EMPTY',
  'TERRITORY_ROOT',
  'TERRITORY_FIELDS_MEET',
  'LEVEL_NAME_TWICE',
  'ASSIGNMENT_BEYOND_GRANTER',
  'ASSIGNMENT_DATES',
  'ASSIGNMENT_EXISTS',
  'LAST_ADMINISTRATOR',
  'DELEGATION_BEYOND_GIVER',
  'DELEGATION_DATES',
  'DELEGATION_EXISTS',
  'FIELD_KEY_TAKEN',
  'FIELD_OPTIONS_REQUIRED',
  'FIELD_OPTION_TWICE',
  'FIELD_BOUNDS',
  'FIELD_DAYS_CROSSED',
  'FIELD_CURRENCY_REQUIRED',
  'FIELD_SCALE',
  'FIELD_LIST_REQUIRED',
  'FIELD_LIST_UNKNOWN',
  'FIELD_LIST_EMPTY',
  'FIELD_ITEMS_NONE',
  'FIELD_TYPE_FIXED',
  'FIELD_LOCKED',
  'FIELD_LOOSER',
  'FIELD_OPTION_UNKNOWN',
  'FIELD_OWN',
  'FIELD_REFERENCE_UNKNOWN',
  'FIELD_CONDITION_WRONG',
  'FIELD_FORMULA_WRONG',
  'FIELD_CYCLE',
  'FIELD_PROMOTED',
  'PROMOTION_PLACE',
  'PROMOTION_MEET',
  'PROMOTION_TYPE',
  'PROMOTION_MAP',
  'PROMOTION_GIVES_NOTHING',
  'PROMOTION_LOOSENS',
  'PROMOTION_SETTLED',
  'RETYPE_TYPE',
  'RETYPE_MAP',
  'RETYPE_HELD',
  'CONCEPT_TYPE',
  'CONCEPT_MAP',
  'CONCEPT_LINKED',
  'FIELDS_FILE_UNREADABLE',
  'FIELDS_FILE_VERSION',
  'FIELDS_FILE_TOO_MANY',
  'FIELDS_LINE_INVALID',
  'FIELDS_LINE_TWICE',
  'FIELDS_PLACE_UNKNOWN',
  'FIELDS_LIST_UNKNOWN',
  'FIELDS_QUESTION_RETIRED',
  'FIELDS_QUESTION_UNKNOWN',
  'LIST_NAME_TAKEN',
  'LIST_IN_USE',
  'LIST_ASKED',
  'LIST_RETIRED',
  'LIST_SETTLED',
  'LIST_FULL',
  'LIST_CODE_TAKEN',
  'LIST_LABEL_TAKEN',
  'LIST_LABEL_MISSING',
  'LIST_TOO_LONG',
  'LIST_LINE_TWICE',
  'LIST_ITEM_ABOVE',
  'GIVEBACK_MISSING',
  'GIVEBACK_NOT_WORKING',
  'STORAGE_FULL',
  'FOUNDING_SPENT',
  'FOUNDING_EXPIRED',
  'FOUNDING_UNKNOWN',
  'PASSWORD_WEAK',
  'UNAVAILABLE',
] as const

export type ErrorCode = (typeof ERROR_CODES)[number]
export type ErrorParams = Readonly<Record<string, string | number | readonly string[]>>

/** Carries a code and what its sentence needs; `message` is for logs and holds no personal data. */
export class FieldbackError extends Error {
  readonly code: ErrorCode
  readonly params: ErrorParams

  constructor(code: ErrorCode, params: ErrorParams = {}) {
    super(code)
    this.name = 'FieldbackError'
    this.code = code
    this.params = params
  }

  /** By name: an adapter that outlives a reload, or sits in another bundle, throws its own copy of this class. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Error && value.name === 'FieldbackError'
  }
}
