import type { OrgTx } from '../client.ts'

/** Asks for one run of an organisation's job; requests made while one waits become one. */
export async function enqueue(tx: OrgTx, task: string, orgId: string): Promise<void> {
  await tx.$executeRaw`SELECT enqueue_job(${task}, json_build_object('orgId', ${orgId}::text), ${`${task}:${orgId}`})`
}
