import type { Block } from '../data/block.ts'
import type { OutboxItem } from '../data/outbox-item.ts'
import type { Vault } from '../data/vault.ts'
import { decrypt, encrypt } from './cipher.ts'

/** What lies in the place of something closed. */
export type Closed = { readonly sealed: ArrayBuffer }

export const isClosed = (value: unknown): value is Closed =>
  typeof value === 'object' && value !== null && 'sealed' in value && value.sealed instanceof ArrayBuffer

/** The vault of a key. Its types say what things are when they are open, as the databases' schemas do. */
export function makeVault(key: CryptoKey): Vault {
  const close = async <T>(value: T, name: string): Promise<T> =>
    isClosed(value) ? value : ({ sealed: await encrypt(key, utf8(JSON.stringify(value)), name) } as T)
  const open = async <T>(value: T, name: string): Promise<T> =>
    isClosed(value) ? JSON.parse(text(await decrypt(key, value.sealed, name))) : value
  const closeBytes = async <T extends ArrayBuffer | Block>(bytes: T, name: string): Promise<T> =>
    isClosed(bytes) ? bytes : ({ sealed: await encrypt(key, new Uint8Array(bytes), name) } as unknown as T)
  return {
    closeItem: (item) => eachSecret(item, close),
    openItem: (item) => eachSecret(item, open),
    closeDraft: async (draft) =>
      isClosed(draft)
        ? draft
        : ({ id: draft.id, ...(await close(draft as object, draft.id)) } as typeof draft),
    openDraft: (draft) => open(draft, draft.id),
    closeBlock: closeBytes,
    openBlock: async (block, name) =>
      isClosed(block) ? new Uint8Array(await decrypt(key, block.sealed, name)) : block,
    closePhoto: closeBytes,
    openPhoto: async (bytes, name) => (isClosed(bytes) ? decrypt(key, bytes.sealed, name) : bytes),
  }
}

/** What items are sorted, sent and let go by. All else of them is closed, whatever is added to them later. */
const CLEAR = new Set(['place', 'state', 'savedAt', 'answeredAt', 'operation'])

/** An item with each of its secrets changed: what was typed, and what is neither empty nor in clear. */
async function eachSecret<Item extends Omit<OutboxItem, 'place'>>(
  item: Item,
  change: <T>(value: T, name: string) => Promise<T>,
): Promise<Item> {
  const { operation } = item
  const secrets = Object.entries(item).filter(([key, value]) => !CLEAR.has(key) && value !== null)
  const changed = await Promise.all(
    secrets.map(async ([key, value]) => [key, await change(value, `${operation.opId}/${key}`)] as const),
  )
  const body = await change(operation.body, operation.opId)
  return { ...item, operation: { ...operation, body }, ...Object.fromEntries(changed) }
}

const utf8 = (value: string) => new TextEncoder().encode(value)
const text = (bytes: ArrayBuffer): string => new TextDecoder().decode(bytes)
