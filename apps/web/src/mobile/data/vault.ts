import type { Block } from './block.ts'
import type { Draft } from './draft.ts'
import type { OutboxItem } from './outbox-item.ts'

/**
 * Between memory and what lies on the phone, where there is a lock: made by lock/make-vault.ts, absent without one. What
 * databases find and sort by stays in clear; the rest is closed under the key of the lock, and bound to the name of what it
 * is. Things from before there was a lock come out as they are.
 */
export type Vault = {
  closeItem<Item extends Omit<OutboxItem, 'place'>>(item: Item): Promise<Item>
  openItem(item: OutboxItem): Promise<OutboxItem>
  closeDraft(draft: Draft): Promise<Draft>
  openDraft(draft: Draft): Promise<Draft>
  closeBlock(block: Block, name: string): Promise<Block>
  openBlock(block: Block, name: string): Promise<Block>
  closePhoto(bytes: ArrayBuffer, id: string): Promise<ArrayBuffer>
  openPhoto(bytes: ArrayBuffer, id: string): Promise<ArrayBuffer>
}

const vaults = new WeakMap<object, Vault>()

/** The vault that a database is read and written through. */
export const vaultOf = (db: object): Vault | undefined => vaults.get(db)

export const readThrough = (db: object, vault: Vault): void => void vaults.set(db, vault)
