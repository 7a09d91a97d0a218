import { hash, verify } from '@node-rs/argon2'

// Made once a process with the library's defaults (argon2id, 19 MiB, 2 passes), as every password of ours.
let nobody: Promise<string> | undefined

/** Whether a password fits its argon2id hash. Without one, a verification against nobody's takes the same time and fails. */
export async function verifyPassword(known: string | null, password: string): Promise<boolean> {
  nobody ??= hash(crypto.randomUUID())
  const fits = await verify(known ?? (await nobody), password)
  return known !== null && fits
}

/** The argon2id hash that is kept of a password; whether it is a good one is judged before. */
export const hashPassword = (password: string): Promise<string> => hash(password)
