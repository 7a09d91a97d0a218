import { randomUUID } from 'node:crypto'
import type { DoorDeps } from '@fieldback/api/access/door'
import { openTestWorld, type TestWorld } from '@fieldback/api/test-world'
import { hash } from '@node-rs/argon2'
import { verifyPassword } from './password.ts'

export const PASSWORD = 'fieldback-demo'

/** A real database and the real password hash, for tests of what stands before a session. */
export type Door = {
  readonly world: TestWorld
  readonly deps: DoorDeps
  /** Of PASSWORD. */
  readonly passwordHash: string
  /** Lets time pass for what judges by our clock. */
  pass(milliseconds: number): void
  /** Somebody nobody has tried to be yet: counters are by address. */
  somebody(): Promise<{ personId: string; email: string }>
  close(): Promise<void>
}

export async function openDoor(): Promise<Door> {
  let passed = 0
  const now = () => new Date(Date.now() + passed)
  // Whoever invites goes by the same clock as who follows the link.
  const world = await openTestWorld({ now })
  const passwordHash = await hash(PASSWORD)
  return {
    world,
    passwordHash,
    deps: { ...world.deps, secret: 'a secret of thirty-two characters', verifyPassword },
    pass: (milliseconds) => {
      passed += milliseconds
    },
    somebody: async () => {
      const personId = randomUUID()
      const email = `${personId}@example.test`
      const text = 'INSERT INTO person (id, email, password_hash) VALUES ($1, $2, $3)'
      await world.sql(world.north.orgId, text, [personId, email, passwordHash])
      return { personId, email }
    },
    close: () => world.close(),
  }
}

let networks = 0
/** An address of a network that nobody has used yet. */
export function network(): string {
  networks += 1
  return `10.${networks >> 8}.${networks & 255}.1`
}

/** What a call was refused with, or null; a procedure's error carries ours as its cause. */
export const told = (
  work: Promise<unknown>,
): Promise<{ code: string; params: Record<string, unknown> } | null> =>
  work.then(
    () => null,
    (error) => ({ code: (error.cause ?? error).code, params: (error.cause ?? error).params }),
  )
export const codeOf = async (work: Promise<unknown>): Promise<string | null> =>
  (await told(work))?.code ?? null
