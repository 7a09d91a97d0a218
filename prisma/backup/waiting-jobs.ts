import { runMigrations } from 'graphile-worker'
import type { ClientBase } from 'pg'
import type { Job } from './manifest.ts'

/** Jobs of the schedule come again by themselves. */
const SCHEDULED = ['sweep']

/** What had been asked for and not done, in the snapshot at hand: a job is asked for in the transaction of its cause. */
export async function readJobs(client: ClientBase): Promise<Job[]> {
  const { rows: there } = await client.query<{ queue: boolean }>(
    `SELECT to_regclass('graphile_worker._private_jobs') IS NOT NULL AS queue`,
  )
  if (!there[0]?.queue) return []
  const { rows } = await client.query<Job>(
    `SELECT t.identifier AS task, j.payload, j.key FROM graphile_worker._private_jobs j
       JOIN graphile_worker._private_tasks t ON t.id = j.task_id
      WHERE j.attempts < j.max_attempts AND t.identifier <> ALL ($1::text[]) ORDER BY j.id`,
    [SCHEDULED],
  )
  return rows
}

/** Makes the queue if there is none yet, outside any transaction; idempotent. */
export const prepareQueue = (ownerUrl: string): Promise<void> => runMigrations({ connectionString: ownerUrl })

/** Puts the jobs of a backup in the place of those that wait, in the transaction at hand. */
export async function replaceJobs(client: ClientBase, jobs: readonly Job[]): Promise<void> {
  await client.query('DELETE FROM graphile_worker._private_jobs')
  for (const { task, payload, key } of jobs)
    await client.query('SELECT graphile_worker.add_job($1, payload => $2::json, job_key => $3)', [
      task,
      JSON.stringify(payload),
      key,
    ])
}
