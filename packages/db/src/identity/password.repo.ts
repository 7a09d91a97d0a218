import type { OrgTx } from '../client.ts'

/** Keeps the argon2id hash of a person's new password: his own, in every organisation. */
export async function setPassword(tx: OrgTx, personId: string, passwordHash: string): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM identity_set_password(${personId}::uuid, ${passwordHash})`
}
