import type { PushContext } from '../sync/state.ts'
import type { AskedFields } from './asked-fields.ts'
import type { Territories } from './find-territory.ts'
import type { ImportOptions } from './import.ts'

/** What a batch of accounts or contacts is planned with, whatever its lines say. */
export type RecordsPlan = {
  readonly options: ImportOptions
  readonly territories: Territories
  readonly asked: AskedFields
  readonly versions: PushContext['versions']
  readonly conversions: PushContext['conversions']
  /** The organisation's local day. */
  readonly day: string
  readonly newId: () => string
  readonly author: { readonly membershipId: string; readonly importId: string }
}
