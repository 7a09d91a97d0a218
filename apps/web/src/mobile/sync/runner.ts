import type { PullPage } from '@fieldback/domain/sync/pull'
import type { CacheMeta } from '../data/databases.ts'
import type { OutboxItem } from '../data/outbox-item.ts'
import type { SyncState } from './sync-state.ts'
import { type PushResult, pullPage, pushOperations, Refused } from './transport.ts'

/** On a slow network each request costs two seconds before its first byte: few requests, each soon over (ADR 031). */
const BATCH = 250
const BATCH_CHARS = 500_000
const EVERY = 60_000
const RETRY_FIRST = 3_000
const RETRY_MOST = 5 * 60_000

/** What the runner works on: the store of one person. */
export type SyncTarget = {
  readonly membershipId: string
  /** What waits on the phone, whichever tab saved it. */
  pending(): Promise<readonly OutboxItem[]>
  meta(): CacheMeta | null
  answered(sent: readonly OutboxItem[], result: PushResult): Promise<void>
  pulled(page: PullPage): Promise<void>
  state(state: SyncState): void
}

export type Runner = { kick(): void; stop(): void }

/**
 * Sends what waits, then fetches what changed: at start, at a save, when the page is shown, when the network comes
 * back, and every minute. One sender across tabs. An error never removes anything; tries grow apart, with jitter.
 * `first` is the page that the server has already given.
 */
export function startRunner(target: SyncTarget, first: PullPage | null = null): Runner {
  let met = first
  let timer: ReturnType<typeof setTimeout> | undefined
  let running = false
  let again = false
  let failures = 0
  let stopped = false

  const plan = (delay: number): void => {
    clearTimeout(timer)
    // With jitter: phones that lost the same network do not come back together.
    if (!stopped) timer = setTimeout(kick, delay * (0.75 + Math.random() / 2))
  }
  const kick = (): void => {
    if (stopped) return
    if (running) {
      again = true
      return
    }
    running = true
    clearTimeout(timer)
    void turn().finally(() => {
      running = false
      if (again) {
        again = false
        kick()
      }
    })
  }
  const turn = async (): Promise<void> => {
    try {
      await oneSender(target.membershipId, () => exchange(target, met))
      met = null
      failures = 0
      target.state('idle')
      plan(EVERY)
    } catch (error) {
      const state = stateOf(error)
      target.state(state)
      failures += 1
      const delay = Math.min(RETRY_MOST, RETRY_FIRST * 2 ** Math.min(failures - 1, 8))
      // A session that ended is asked about again at each save or return to the page, and now and then.
      plan(state === 'offline' ? delay : RETRY_MOST)
    }
  }
  const onVisible = (): void => {
    if (document.visibilityState === 'visible') kick()
  }
  document.addEventListener('visibilitychange', onVisible)
  addEventListener('online', kick)
  kick()
  return {
    kick,
    stop() {
      stopped = true
      clearTimeout(timer)
      document.removeEventListener('visibilitychange', onVisible)
      removeEventListener('online', kick)
    },
  }
}

/** Another tab that is already sending for this person sends this tab's work too: both read the same outbox. */
export async function oneSender(membershipId: string, work: () => Promise<void>): Promise<void> {
  await navigator.locks.request(`fieldback-sync-${membershipId}`, work)
}

async function exchange(target: SyncTarget, first: PullPage | null): Promise<void> {
  target.state('working')
  await sendWaiting(target).catch((error: unknown) => {
    // A backup was restored: what it holds is fetched first, which makes what it may lack wait again.
    if (!(error instanceof Refused) || error.code !== 'EPOCH_CHANGED') throw error
  })
  let page = first ?? (await pullNext(target))
  await target.pulled(page)
  while (page.more) {
    page = await pullNext(target)
    await target.pulled(page)
  }
}

function pullNext(target: SyncTarget): Promise<PullPage> {
  const meta = target.meta()
  return pullPage({
    membershipId: target.membershipId,
    cursor: meta?.cursor ?? null,
    frameTag: meta?.frameTag ?? null,
    packAsOf: meta?.pack?.asOf ?? null,
    contestsTag: meta?.contests?.tag ?? null,
    opinionsTag: meta?.opinions?.tag ?? null,
    keepsLists: true,
  })
}

/** Each once: what the server makes wait holds back nothing but what follows on the same entity. */
async function sendWaiting(target: SyncTarget): Promise<void> {
  const asked = new Set<number>()
  for (;;) {
    const batch = together((await target.pending()).filter(({ place }) => !asked.has(place)))
    if (batch.length === 0) return
    for (const { place } of batch) asked.add(place)
    const result = await pushOperations({
      membershipId: target.membershipId,
      epoch: target.meta()?.epoch ?? null,
      operations: batch.map((item) => item.operation),
    })
    await target.answered(batch, result)
  }
}

/** The first of what waits, as far as one request is to carry it: one at least. */
function together(waiting: readonly OutboxItem[]): OutboxItem[] {
  let room = BATCH_CHARS
  return waiting.slice(0, BATCH).filter(({ operation }, at) => {
    room -= JSON.stringify(operation).length
    return at === 0 || room > 0
  })
}

const STATE_OF_CODE: Readonly<Record<string, SyncState>> = {
  UNAUTHENTICATED: 'signed-out',
  MEMBERSHIP_REVOKED: 'signed-out',
  DEVICE_REVOKED: 'signed-out',
  FORBIDDEN: 'signed-out',
  MEMBERSHIP_OTHER: 'other-person',
  PROTOCOL_UNKNOWN: 'outdated',
}

const stateOf = (error: unknown): SyncState =>
  (error instanceof Refused && STATE_OF_CODE[error.code]) || 'offline'
