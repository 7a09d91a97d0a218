import { appRouter } from '@fieldback/api/root'
import { createCallerFactory, errorShape } from '@fieldback/api/trpc'
import type { ErrorCode } from '@fieldback/domain/errors'
import { TRPCError } from '@trpc/server'
import { cache } from 'react'
import { requestContext } from './request-context.ts'

export const createCaller = createCallerFactory(appRouter)

/**
 * The procedures, called as the person of this request whether or not his session still holds: each checks it and throws.
 * For route handlers; pages use `caller`.
 */
export const procedures = cache(async () => createCaller(await requestContext()))

/** The code of what a call threw, for pages that answer by redirection; anything unforeseen is an outage. */
export const codeOf = (error: unknown): ErrorCode =>
  error instanceof TRPCError ? errorShape(error).code : 'UNAVAILABLE'
