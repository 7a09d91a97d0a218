import type { HandedOver, Handover } from '@fieldback/domain/sync/handover'
import { openDatabases } from '../data/databases.ts'
import { isNote, type OutboxItem } from '../data/outbox-item.ts'
import { openPhotos, readBytes, readPhotos } from '../media/photo-store.ts'
import { Refused } from '../sync/transport.ts'
import { toBase64url } from './cipher.ts'
import { readLock, readServerKeys, type ServerKeys } from './lock-store.ts'
import { isClosed } from './make-vault.ts'

const PROTOCOL = 1
const BATCH = 50
const PATIENCE = 60_000

/** `over`: withdrawn for longer than anything is taken from it; `unknown`: nobody could be asked. */
export type Standing = 'live' | 'revoked' | 'over' | 'unknown'

/** Asks where this phone stands by its own credential, whatever became of its session. */
export async function standingOf(membershipId: string): Promise<Standing> {
  const keys = await readServerKeys(membershipId)
  if (!keys) return 'unknown'
  try {
    return (await tellerOf(keys)({})).standing
  } catch (error) {
    return error instanceof Refused && error.code === 'DEVICE_REVOKED' ? 'over' : 'unknown'
  }
}

/**
 * Hands over all that only this phone has, as it lies: closed where there is a lock. Answers how many pieces once the
 * server keeps them all. Rejects when the network is lost on the way.
 */
export async function handOver(membershipId: string): Promise<number> {
  const keys = await readServerKeys(membershipId)
  if (!keys) throw new Error('This phone has no credential.')
  const tell = tellerOf(keys)
  const sealedKey = (await readLock(membershipId))?.sealedKey ?? null
  let handed = -1
  for (;;) {
    const { operations, drafts, photos } = await heldAlone(membershipId)
    const held = operations.length + drafts.length + photos.length
    // Another tab may have kept something meanwhile.
    if (held === handed || held === 0) return held
    for (const batch of inBatches(operations)) await tell({ sealedKey, operations: batch })
    for (const batch of inBatches(drafts)) await tell({ sealedKey, drafts: batch })
    for (const photo of photos) await tell({ sealedKey, photos: [await asSent(membershipId, photo)] })
    handed = held
  }
}

async function asSent(membershipId: string, id: string) {
  const photos = await openPhotos(membershipId)
  const bytes = (await readBytes(photos, id).finally(() => photos.close())) ?? new ArrayBuffer(0)
  const sealed = isClosed(bytes)
  return { id, jpeg: toBase64url(sealed ? bytes.sealed : bytes), sealed }
}

/** Whether something is here that the server lacks. */
export async function holdsWork(membershipId: string): Promise<boolean> {
  const { operations, drafts, photos } = await heldAlone(membershipId)
  return operations.length + drafts.length + photos.length > 0
}

/** What the server lacks, as it lies. Returns noted as seen are nobody's work, and what was thrown away no more. */
async function heldAlone(membershipId: string) {
  const { cache, outbox } = await openDatabases(membershipId)
  const media = await openPhotos(membershipId)
  try {
    const items = await outbox.getAll('operations')
    const drafts = await outbox.getAll('drafts')
    const photos = await readPhotos(media)
    return {
      operations: items
        .filter(isOnlyHere)
        .map(({ operation }) => ({ ...operation, body: sent(operation.body) })),
      drafts: drafts.map((draft) => sent(draft)),
      photos: photos.filter(({ keptAt }) => keptAt === null).map(({ id }) => id),
    }
  } finally {
    cache.close()
    outbox.close()
    media.close()
  }
}

const isOnlyHere = ({ state, operation, discarded }: OutboxItem): boolean =>
  state === 'phone' && !discarded && !isNote(operation)

/** As it is told: what is closed goes as text. */
const sent = (value: object): Record<string, unknown> =>
  isClosed(value) ? { ...value, sealed: toBase64url(value.sealed) } : { ...value }

const inBatches = <T>(all: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(all.length / BATCH) }, (_, at) => all.slice(at * BATCH, (at + 1) * BATCH))

const tellerOf =
  ({ credential }: ServerKeys) =>
  async (what: Partial<Omit<Handover, 'protocol'>>): Promise<HandedOver> => {
    const response = await fetch('/api/sync/handover', {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${credential}` },
      body: JSON.stringify({ protocol: PROTOCOL, operations: [], drafts: [], ...what } satisfies Handover),
      signal: AbortSignal.timeout(PATIENCE),
      credentials: 'omit',
      redirect: 'error',
    })
    if (response.ok) return (await response.json()) as HandedOver
    const told: unknown = await response.json().catch(() => null)
    const code =
      typeof told === 'object' && told !== null && 'code' in told ? String(told.code) : 'UNAVAILABLE'
    throw new Refused(response.status, code)
  }
