import type { Operation } from '@fieldback/domain/sync/operation'
import type { Draft } from '../src/mobile/data/draft.ts'
import type { NewOperation } from '../src/mobile/data/outbox.ts'
import type { PhoneStore } from '../src/mobile/data/store.ts'
import type { Device, Tab } from './browser.ts'
import type { Fault } from './schedule.ts'
import type { Server } from './server.ts'

export const WRONGS = ['lost', 'duplicated', 'hidden_rejections', 'diverged'] as const

export const TODAY = '2026-11-20'

/** Something that must never be; `lost` is also what was typed and is not shown. */
export type Wrong = {
  readonly wrong: (typeof WRONGS)[number]
  readonly text: string
  /** After which step; absent at the end. */
  readonly step?: number
}

/** What befalls the next request of a phone. */
export const FATES = ['drop', 'lost_answer', 'duplicate', 'reorder'] as const
type Fate = (typeof FATES)[number]

export type Phone = {
  readonly device: Device
  /** Who holds it, and whether his session still is one. */
  person: 0 | 1
  signedIn: boolean
  offline: boolean
  readonly fates: Fate[]
  /** The same of requests that carry photos, which come after all others; null: nothing befalls one. */
  readonly photoFates: (Fate | null)[]
}

/** One page of the application and what its person was shown to have typed. */
export type Page = {
  readonly tab: Tab
  readonly phone: Phone
  readonly person: 0 | 1
  store: PhoneStore | null
  /** Operations that this page knows of: typed in it, or on the phone when it was opened. */
  readonly known: Set<string>
}

export type Typed = {
  readonly phone: Phone
  readonly person: 0 | 1
  readonly operation: Operation
  readonly refusable: boolean
  /** Taken back after it was thrown away: what it was before, which may have arrived all the same. */
  readonly before?: string
}

export type PhotoTaken = { readonly phone: Phone; readonly person: 0 | 1; readonly id: string }

export type Play = {
  readonly server: Server
  readonly phones: readonly [Phone, Phone]
  readonly pages: Page[]
  readonly typed: Typed[]
  /** Saves whose page was gone before they were told of: kept whole or not at all. */
  readonly unsure: {
    readonly phone: Phone
    readonly person: 0 | 1
    readonly wanted: readonly NewOperation[]
  }[]
  readonly drafts: Map<string, Draft>
  /** Photos that a phone said it keeps. */
  readonly photos: PhotoTaken[]
  /** Ids of those that the server was seen to keep. */
  readonly photosKept: Set<string>
  /** Accounts that were moved, contacts that were deleted. */
  readonly touched: Set<string>
  readonly reached: Map<Fault, number>
  /** What went wrong while it happened. */
  readonly broken: Wrong[]
  saves: number
  /** A slow writer holds pulls back. */
  slow: boolean
  /** Brings back what a backup held. */
  restore: (() => Promise<void>) | null
}
