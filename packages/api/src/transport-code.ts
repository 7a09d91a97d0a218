import type { ErrorCode } from '@fieldback/domain/errors'
import type { TRPCError } from '@trpc/server'

/** The one table from our codes to the transport's; anything else a caller did wrong is a bad request. */
const TRANSPORT: Readonly<Partial<Record<ErrorCode, TRPCError['code']>>> = {
  UNAUTHENTICATED: 'UNAUTHORIZED',
  CREDENTIALS_WRONG: 'UNAUTHORIZED',
  LINK_SPENT: 'UNAUTHORIZED',
  MEMBERSHIP_REVOKED: 'UNAUTHORIZED',
  DEVICE_REVOKED: 'UNAUTHORIZED',
  FORBIDDEN: 'FORBIDDEN',
  ASSIGNMENT_BEYOND_GRANTER: 'FORBIDDEN',
  NOT_FOUND: 'NOT_FOUND',
  TOO_LARGE: 'PAYLOAD_TOO_LARGE',
  TOO_MANY_ATTEMPTS: 'TOO_MANY_REQUESTS',
  CONFLICT: 'CONFLICT',
  MEMBERSHIP_OTHER: 'CONFLICT',
  TERRITORY_NAME_TAKEN: 'CONFLICT',
  TERRITORY_NOT_EMPTY: 'CONFLICT',
  TERRITORY_FIELDS_MEET: 'CONFLICT',
  FIELD_KEY_TAKEN: 'CONFLICT',
  ASSIGNMENT_EXISTS: 'CONFLICT',
  LAST_ADMINISTRATOR: 'CONFLICT',
  UNAVAILABLE: 'INTERNAL_SERVER_ERROR',
}

export const transportCode = (code: ErrorCode): TRPCError['code'] => TRANSPORT[code] ?? 'BAD_REQUEST'
