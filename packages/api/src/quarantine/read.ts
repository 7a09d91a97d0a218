import { accountsBehind, findAside, type Settlement } from '@fieldback/db/quarantine/quarantine.repo'
import { namesReferred, versionsOfFields } from '@fieldback/db/report/report.repo'
import { hiddenTextFields, type ScopedDb } from '@fieldback/db/scoped-db'
import { type AsideKind, asObject, bodyOf, type Fault, faultOf } from '@fieldback/domain/quarantine/fault'
import {
  type AsideAnswer,
  type AsideLine as AsideWord,
  answersOf,
  linesOf,
  valuesOf,
} from '@fieldback/domain/quarantine/read-aside'
import type { QuarantineCode } from '@fieldback/domain/sync/operation'
import type { TerritoryRow } from '@fieldback/domain/sync/pull'
import { capturedAt, idOf, knownKind } from './list.ts'
import { requireHeld } from './require-held.ts'

/** By its id; `name` is null where it is unknown, or not the reader's to read. */
type Named = { readonly id: string; readonly name: string | null }

/** One thing put aside, with what can be read of it. */
export type AsideTold = {
  readonly id: string
  readonly kind: AsideKind | null
  readonly code: QuarantineCode
  readonly fault: Fault
  readonly author: { readonly id: string; readonly name: string }
  readonly place: Pick<TerritoryRow, 'id' | 'name' | 'rank'>
  /** ISO 8601 */
  readonly capturedAt: string
  readonly receivedAt: string
  readonly account: Named | null
  readonly contact: Named | null
  readonly lines: readonly AsideWord[]
  readonly answers: readonly AsideAnswer[]
  /** Names of what answers point to, of those the reader may read. */
  readonly names: Readonly<Record<string, string>>
  readonly settled: Settlement | null
  /** The report it became. */
  readonly reportId: string | null
}

export async function readAside(sdb: ScopedDb, itemId: string): Promise<AsideTold> {
  const found = requireHeld(sdb.scope, await findAside(sdb, itemId), 'quarantine')
  const { operation, place, settled, accepted, path: _, deviceId: __, ...head } = found
  const sent = asObject(operation)
  const body = bodyOf(operation)
  const kind = knownKind(sent.kind)
  const entityId = idOf(sent.entityId)
  const fieldIds = Object.keys(valuesOf(operation)).flatMap((key) => idOf(key) ?? [])
  const hidden = await hiddenTextFields(sdb, fieldIds)
  const answers = answersOf(operation, {
    versions: await versionsOfFields(sdb, fieldIds),
    hidden,
    today: sdb.scope.day,
  })
  const behind = entityId === null ? new Map() : await accountsBehind(sdb, [entityId])
  const accountId =
    idOf(body.accountId) ?? (kind === 'account.update' ? entityId : (behind.get(entityId ?? '') ?? null))
  const contactId = idOf(body.contactId) ?? (kind === 'contact.update' ? entityId : null)
  const referred = answers.flatMap(({ told }) =>
    told.state === 'said' && told.parts.kind === 'reference' ? told.parts.id : [],
  )
  const names = await namesReferred(
    sdb,
    [accountId, contactId, ...referred].filter((one) => one !== null),
  )
  const named = (id: string | null): Named | null =>
    id === null ? null : { id, name: names.get(id) ?? null }
  return {
    id: head.id,
    code: head.code,
    author: head.author,
    receivedAt: head.receivedAt,
    kind,
    fault: faultOf(found),
    place: { id: place.id, name: place.name, rank: place.rank },
    capturedAt: capturedAt({ capturedAt: sent.capturedAt, clockOffset: sent.clockOffset }, head.receivedAt),
    account: named(accountId),
    contact: named(contactId),
    lines: linesOf(operation),
    answers,
    names: Object.fromEntries(names),
    settled,
    reportId: accepted?.kind.startsWith('report.') ? accepted.entityId : null,
  }
}
