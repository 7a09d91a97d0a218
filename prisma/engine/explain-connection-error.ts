import { EngineFailure } from './engine-failure.ts'

/** Where a connection was tried: what Prisma's sentences name. Never the password. */
export type Address = { host: string; port: number; database: string; user: string }

type Sentence = { code: string; message: (at: Address & { server: string }, said: string) => string }

const unreachable: Sentence = {
  code: 'P1001',
  message: ({ server }) =>
    `Can't reach database server at ${server}\n\nPlease make sure your database server is running at ${server}.`,
}
const denied: Sentence = {
  code: 'P1010',
  message: ({ user, database }, said) =>
    `User \`${user}\` was denied access on the database \`${database}\`: ${said}`,
}
const insecure: Sentence = {
  code: 'P1011',
  message: (_, said) => `Error opening a TLS connection: ${said}`,
}

/** By the code of Postgres or of the operating system. */
const sentences: Record<string, Sentence> = {
  ECONNREFUSED: unreachable,
  ENOTFOUND: unreachable,
  EAI_AGAIN: unreachable,
  EHOSTUNREACH: unreachable,
  ENETUNREACH: unreachable,
  ETIMEDOUT: unreachable,
  ENOENT: unreachable,
  '28000': denied,
  '42501': denied,
  '28P01': {
    code: 'P1000',
    message: ({ server, user }) =>
      `Authentication failed against database server at ${server}, the provided database credentials for \`${user}\` are not valid.`,
  },
  '3D000': {
    code: 'P1003',
    message: ({ server, database }) =>
      `Database \`${database}\` does not exist on the database server at ${server}.`,
  },
  '42P04': {
    code: 'P1009',
    message: ({ server, database }) =>
      `Database \`${database}\` already exists on the database server at ${server}.`,
  },
}

/** A pg error met while connecting in, the failure with Prisma's code and sentence out. */
export function explainConnectionError(error: unknown, address: Address): EngineFailure {
  const said = error instanceof Error ? error.message : String(error)
  const server = `\`${address.host}:${address.port}\``
  const sentence = sentences[codeOf(error)] ?? sentenceByWords(said)
  if (!sentence) return new EngineFailure({ message: `The database server at ${server} answered: ${said}` })
  return new EngineFailure({ code: sentence.code, message: sentence.message({ ...address, server }, said) })
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}

/** pg gives no code to these. */
function sentenceByWords(said: string): Sentence | undefined {
  if (/timeout (expired|exceeded)/.test(said)) return unreachable
  if (/\b(SSL|TLS|certificate)\b/i.test(said)) return insecure
  return undefined
}
