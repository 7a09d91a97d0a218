import { appRouter } from '@fieldback/api/root'
import { createCallerFactory, errorShape } from '@fieldback/api/trpc'
import type { ErrorCode } from '@fieldback/domain/errors'
import { TRPCError } from '@trpc/server'
import { cache } from 'react'
import { requestContext } from './request-context.ts'

const createCaller = createCallerFactory(appRouter)

/** Calls procedures from server components and route handlers, as the person of this request. */
export const caller = cache(async () => createCaller(await requestContext()))

/** The code of what a call threw, for pages that answer by redirection; anything unforeseen is an outage. */
export const codeOf = (error: unknown): ErrorCode =>
  error instanceof TRPCError ? errorShape(error).code : 'UNAVAILABLE'
