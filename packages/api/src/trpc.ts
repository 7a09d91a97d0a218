import { inOrg, type OrgTx, type TxOptions } from '@fieldback/db/client'
import { inOrgSql, type OrgSql, type SqlOptions } from '@fieldback/db/org-sql'
import { writtenTo } from '@fieldback/db/replica'
import type { ScopedDb, ScopedSql } from '@fieldback/db/scoped-db'
import type { Permission } from '@fieldback/domain/access/permissions'
import { holdsAnywhere } from '@fieldback/domain/access/scope'
import { type ErrorCode, FieldbackError } from '@fieldback/domain/errors'
import { initTRPC, TRPCError } from '@trpc/server'
import { ZodError } from 'zod'
import type { Context, Session } from './context.ts'
import { openSession } from './open-session.ts'
import { transportCode } from './transport-code.ts'

/** Which permission a procedure declares; read by the test that covers every procedure. */
type Meta = { readonly permission: Permission | 'session' | 'public' }

/** What a caller is told: a code with parameters, or the paths of what did not fit. Never a message, never a stack. */
export type ErrorShape = {
  readonly code: ErrorCode
  readonly params: Readonly<Record<string, unknown>>
  readonly issues?: readonly { readonly path: string; readonly code: string }[]
}

export function errorShape(error: TRPCError): ErrorShape {
  const { cause } = error
  if (cause instanceof FieldbackError) return { code: cause.code, params: cause.params }
  if (cause instanceof ZodError) {
    const issues = cause.issues.map((issue) => ({ path: issue.path.join('.'), code: issue.code }))
    return { code: 'INVALID_INPUT', params: {}, issues }
  }
  if (error.code === 'NOT_FOUND') return { code: 'NOT_FOUND', params: {} }
  if (error.code === 'BAD_REQUEST' || error.code === 'PARSE_ERROR')
    return { code: 'INVALID_INPUT', params: {} }
  return { code: 'UNAVAILABLE', params: {} }
}

const t = initTRPC
  .context<Context>()
  .meta<Meta>()
  .create({
    errorFormatter: ({ shape, error }) => {
      const fieldback = errorShape(error)
      return {
        ...shape,
        message: fieldback.code,
        data: { code: shape.data.code, httpStatus: shape.data.httpStatus, fieldback },
      }
    },
  })

export const router = t.router
export const createCallerFactory = t.createCallerFactory

/** Codes become transport errors in one place; anything unforeseen is logged by name and told as "unavailable". */
const coded = t.middleware(async ({ ctx, path, next }) => {
  const result = await next()
  if (result.ok) return result
  const { cause } = result.error
  if (cause instanceof FieldbackError) {
    throw new TRPCError({ code: transportCode(cause.code), message: cause.code, cause })
  }
  if (result.error.code === 'INTERNAL_SERVER_ERROR')
    ctx.deps.log.error('procedure.failed', { path, error: nameOf(cause) })
  return result
})

/** The class and code of an unforeseen error: its message could quote what a person typed. */
function nameOf(cause: unknown): string {
  if (!(cause instanceof Error)) return 'unknown'
  return 'code' in cause && typeof cause.code === 'string' ? `${cause.name}:${cause.code}` : cause.name
}

export const publicProcedure = t.procedure.use(coded).meta({ permission: 'public' })

/** Any live member of the organisation, whatever his role. One transaction that sees his organisation only. */
export const memberProcedure = t.procedure
  .use(coded)
  .meta({ permission: 'session' })
  .use(inOrganisation(null))

/** Declares the permission a procedure needs; where it must hold is checked by what the procedure reads or writes. */
export const scopedProcedure = (permission: Permission, options: TxOptions = {}) =>
  t.procedure.use(coded).meta({ permission }).use(inOrganisation(permission, options))

/** As `scopedProcedure`, for what works by raw statements alone: the driver's own transaction takes a third of the time. */
export const sqlProcedure = (permission: Permission, options: SqlOptions = {}) =>
  t.procedure
    .use(coded)
    .meta({ permission })
    .use(({ ctx, next }) => {
      const member = signedIn(ctx)
      const open = async (tx: OrgSql) => {
        const { scope, me } = await openFor(tx, member, permission)
        const sdb: ScopedSql = { tx, scope }
        return orThrow(await next({ ctx: { ...member, scope, me, sdb } }))
      }
      return inOrgSql(ctx.deps.db, member.session.orgId, open, options)
    })

/**
 * As `sqlProcedure`, for figures, which may be read from a replica. Rights are read where they are written, so that one who
 * lost them is refused at once.
 */
export const figuresProcedure = (permission: Permission, options: SqlOptions = {}) =>
  t.procedure
    .use(coded)
    .meta({ permission })
    .use(async ({ ctx, next }) => {
      const member = signedIn(ctx)
      const { db, replica } = ctx.deps
      const { orgId } = member.session
      const reading = { ...options, reading: true }
      const answer = async (tx: OrgSql, { scope, me }: Awaited<ReturnType<typeof openFor>>) => {
        const sdb: ScopedSql = { tx, scope }
        return orThrow(await next({ ctx: { ...member, scope, me, sdb } }))
      }
      if (!replica)
        return inOrgSql(db, orgId, async (tx) => answer(tx, await openFor(tx, member, permission)), reading)
      const [opened, now] = await inOrgSql(
        db,
        orgId,
        async (tx) => [await openFor(tx, member, permission), await writtenTo(tx)] as const,
        reading,
      )
      const told = await replica.read(
        orgId,
        { written: ctx.written ?? null, now },
        (tx) => answer(tx, opened),
        options,
      )
      return told?.result ?? inOrgSql(db, orgId, (tx) => answer(tx, opened), reading)
    })

/** A live session without a transaction, for the one procedure that opens its own (sync.push). */
export const sessionProcedure = t.procedure
  .use(coded)
  .meta({ permission: 'session' })
  .use(({ ctx, next }) => next({ ctx: signedIn(ctx) }))

/** Its own transactions, each checked like the others': for what must talk to the outside once the first is over. */
export const steppedProcedure = (permission: Permission | null) =>
  t.procedure
    .use(coded)
    .meta({ permission: permission ?? 'session' })
    .use(({ ctx, next }) => {
      const member = signedIn(ctx)
      const inScope = <T>(work: (sdb: ScopedDb) => Promise<T>, options?: TxOptions): Promise<T> =>
        inOrg(
          ctx.deps.db,
          member.session.orgId,
          async (tx) => work({ tx, scope: (await openFor(tx, member, permission)).scope }),
          options,
        )
      return next({ ctx: { ...member, inScope } })
    })

type SignedIn = Context & { readonly session: Session }

function signedIn(ctx: Context): SignedIn {
  if (!ctx.session) throw new FieldbackError('UNAUTHENTICATED')
  return { ...ctx, session: ctx.session }
}

/** A failed procedure comes back as a value: thrown again, so that its transaction rolls back. */
function orThrow<Result extends { readonly ok: boolean }>(result: Result): Result {
  if ('error' in result) throw result.error
  return result
}

async function openFor(tx: OrgSql, { session, deps }: SignedIn, permission: Permission | null) {
  const { scope, me } = await openSession(tx, session, deps.now())
  if (permission !== null && !holdsAnywhere(scope, permission)) {
    throw new FieldbackError('FORBIDDEN', { reason: 'no_permission', permission })
  }
  return { scope, me }
}

function inOrganisation(permission: Permission | null, options: TxOptions = {}) {
  return t.middleware(({ ctx, next }) => {
    const member = signedIn(ctx)
    const open = async (tx: OrgTx) => {
      const { scope, me } = await openFor(tx, member, permission)
      const sdb: ScopedDb = { tx, scope }
      return orThrow(await next({ ctx: { ...member, scope, me, sdb } }))
    }
    return inOrg(ctx.deps.db, member.session.orgId, open, options)
  })
}
