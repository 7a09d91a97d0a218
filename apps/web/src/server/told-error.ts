import { transportCode } from '@fieldback/api/transport-code'
import { type ErrorShape, errorShape } from '@fieldback/api/trpc'
import { FieldbackError } from '@fieldback/domain/errors'
import { TRPCError } from '@trpc/server'
import { getHTTPStatusCodeFromError } from '@trpc/server/http'
import { ZodError } from 'zod'
import { container } from './container.ts'

/** The answer of a plain route to what was thrown: see `told`. */
export function toldAs(error: unknown): Response {
  const { status, body } = told(error)
  return Response.json(body, { status })
}

/** What is told of what was thrown: a status, a code, its params. Never a message, never a stack. */
export function told(error: unknown): { readonly status: number; readonly body: ErrorShape } {
  const transported = asTransport(error)
  const body = errorShape(transported)
  if (body.code === 'UNAVAILABLE' && !(error instanceof TRPCError)) {
    container().deps.log.error('route.failed', { error: error instanceof Error ? error.name : 'unknown' })
  }
  return { status: getHTTPStatusCodeFromError(transported), body }
}

/** What was thrown, as calls are told it. */
export function asTransport(error: unknown): TRPCError {
  if (error instanceof TRPCError) return error
  if (error instanceof FieldbackError) return new TRPCError({ code: transportCode(error.code), cause: error })
  // A body that is not JSON, or not what the route takes.
  if (error instanceof ZodError || error instanceof SyntaxError)
    return new TRPCError({ code: 'BAD_REQUEST', cause: error })
  return new TRPCError({ code: 'INTERNAL_SERVER_ERROR' })
}
