import type { AppRouter } from '@fieldback/api/root'
import type { ErrorCode, ErrorParams } from '@fieldback/domain/errors'
import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server'
import { type ToldError, toldError } from './error-code.ts'

type Inputs = inferRouterInputs<AppRouter>
type Outputs = inferRouterOutputs<AppRouter>
/** `noun.verb` */
export type Path = {
  [Noun in keyof Inputs & string]: `${Noun}.${keyof Inputs[Noun] & string}`
}[keyof Inputs & string]
type Of<Tree, At extends string> = At extends `${infer Noun extends keyof Tree & string}.${infer Verb}`
  ? Verb extends keyof Tree[Noun]
    ? Tree[Noun][Verb]
    : never
  : never
type Args<At extends Path> =
  undefined extends Of<Inputs, At>
    ? [input?: Of<Inputs, At>, signal?: AbortSignal]
    : [input: Of<Inputs, At>, signal?: AbortSignal]

/** What a call was told, or an outage (no network, no answer, an answer that is not the application's). */
export class CallError extends Error {
  readonly code: ErrorCode
  readonly params: ErrorParams

  constructor({ code, params }: ToldError) {
    super(code)
    this.name = 'CallError'
    this.code = code
    this.params = params
  }
}

/** Asks a query, without a library: for /m and for pages before sign-in. Throws a CallError. */
export async function callQuery<At extends Path>(
  path: At,
  ...[input, signal]: Args<At>
): Promise<Of<Outputs, At>> {
  const query = input === undefined ? '' : `?input=${encodeURIComponent(JSON.stringify(input))}`
  return send(`/api/trpc/${path}${query}`, { ...(signal ? { signal } : {}) })
}

/** The same for a mutation. */
export async function callMutation<At extends Path>(
  path: At,
  ...[input, signal]: Args<At>
): Promise<Of<Outputs, At>> {
  return send(`/api/trpc/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(input ?? null),
    ...(signal ? { signal } : {}),
  })
}

async function send<Output>(address: string, init: RequestInit): Promise<Output> {
  const answer = await fetch(address, { ...init, cache: 'no-store' }).then(
    (response) => response.json().catch(() => null),
    () => null,
  )
  if (answer && typeof answer === 'object' && 'result' in answer) return answer.result.data
  throw new CallError(
    toldError(answer && typeof answer === 'object' && 'error' in answer ? answer.error : null),
  )
}
