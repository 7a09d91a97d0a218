import { inOrg, type OrgTx } from '@fieldback/db/client'
import { branchesFacts } from '@fieldback/db/field/branch-facts.repo'
import { definitionsById } from '@fieldback/db/field/field.repo'
import { fieldUsage } from '@fieldback/db/field/usage.repo'
import {
  type FieldFault,
  unsafeClaimOwners,
  unsafeDueOwners,
  unsafeKeepFaults,
  unsafeSettledFields,
} from '@fieldback/db/giveback/fault.repo'
import { itemsAt } from '@fieldback/db/list/list.repo'
import type { ScopedDb } from '@fieldback/db/scoped-db'
import { addDays, type Day, monthStart } from '@fieldback/domain/agenda/day'
import type { FieldDefinition, Localised } from '@fieldback/domain/field/field-spec'
import { withItems } from '@fieldback/domain/field/plan-publish'
import { brokenReturns } from '@fieldback/domain/giveback/broken-returns'
import { YOUNG_DAYS } from '@fieldback/domain/giveback/expected-facts'
import type { TerritoryRow } from '@fieldback/domain/sync/pull'
import type { Path } from '@fieldback/domain/territory/path'
import { isLocale, type Locale } from '@fieldback/i18n/locale'
import { messagesOf } from '@fieldback/i18n/messages'
import { openTexts } from '@fieldback/i18n/texts'
import type { Deps } from '../context.ts'
import { type Owner, ownersOf } from './owners-of.ts'

export type CheckReturnsDeps = Pick<Deps, 'db' | 'email' | 'log' | 'now' | 'site'>

export type ReturnsChecked = {
  /** Territories looked at. */
  readonly owners: number
  /** Questions that were found to give something less than they say. */
  readonly broken: number
  /** Not stopped before all were looked at. */
  readonly done: boolean
}

/** Territories at once: their facts are read in a few statements. */
const OWNERS_AT_ONCE = 20
const READ_MS = 60_000

/**
 * Looks whether the returns of an organisation's questions still reach somebody, as publication did, on what each branch
 * brought since: once a month, and every day where one does not. A question whose version in force is younger than 60 days
 * has had no time. Its owners are told once; letters leave after the transaction, and one that does not leave is no reason
 * to begin again: the list of questions says the same.
 */
export async function checkReturns(
  deps: CheckReturnsDeps,
  orgId: string,
  stop?: AbortSignal,
): Promise<ReturnsChecked> {
  const day = deps.now().toISOString().slice(0, 10)
  let [owners, broken] = [0, 0]
  while (!stop?.aborted) {
    // Reading writes nothing, so that no phone's pull waits for it, however large the branch.
    const seen = await inOrg(deps.db, orgId, (tx) => look(tx, orgId, day), { timeout: READ_MS })
    if (seen.owners.length === 0) return { owners, broken, done: true }
    const kept = await inOrg(deps.db, orgId, (tx) => keep(tx, orgId, { ...seen, day }))
    owners += kept.owners
    broken += kept.broken
    for (const letter of kept.letters) await post(deps, letter)
  }
  return { owners, broken, done: false }
}

type BrokenField = {
  readonly label: Localised
  readonly territory: string
  readonly path: Path
  readonly faults: readonly FieldFault[]
}
type Found = {
  readonly field: FieldDefinition
  readonly owner: TerritoryRow
  readonly faults: readonly FieldFault[]
}
type Seen = { readonly owners: readonly TerritoryRow[]; readonly found: readonly Found[] }

/** What is broken at some of the territories that are due. */
async function look(tx: OrgTx, orgId: string, day: Day): Promise<Seen> {
  const due = await unsafeDueOwners(tx, orgId, { month: monthStart(day), day, most: OWNERS_AT_ONCE })
  const owners = new Map(due.map((owner) => [owner.id, owner]))
  const ids = await unsafeSettledFields(tx, orgId, {
    territoryIds: [...owners.keys()],
    before: addDays(day, -YOUNG_DAYS),
  })
  if (ids.length === 0) return { owners: due, found: [] }
  // Nobody's rights: what is read names the organisation and no reader.
  const sdb: ScopedDb = { tx, scope: { orgId, membershipId: orgId, deviceId: orgId, day, grants: [] } }
  const fields = await definitionsById(sdb, ids)
  const asking = new Set(fields.map(({ territoryId }) => territoryId))
  const facts = await branchesFacts(
    sdb,
    due.filter(({ id }) => asking.has(id)),
  )
  const usage = await fieldUsage(sdb, ids, monthStart(addDays(day, -YOUNG_DAYS)))
  const found: Found[] = []
  for (const field of fields) {
    const [owner, branch] = [owners.get(field.territoryId), facts.get(field.territoryId)]
    if (!owner || !branch) continue
    const spec = await answered(sdb, field, owner)
    const broken = brokenReturns({ entity: field.entity, spec }, branch, usage.get(field.id)?.answers ?? 0)
    const faults = broken.map((one) => ({ ...one, fieldId: field.id, version: field.version }))
    if (faults.length > 0) found.push({ field, owner, faults })
  }
  return { owners: due, found }
}

type Kept = Pick<ReturnsChecked, 'owners' | 'broken'> & { readonly letters: readonly Owner<BrokenField>[] }

/** Keeps what was seen, of the territories that no other run has kept meanwhile, with whom to tell. */
async function keep(
  tx: OrgTx,
  orgId: string,
  { owners, found, day }: Seen & { readonly day: Day },
): Promise<Kept> {
  const territoryIds = await unsafeClaimOwners(tx, orgId, { territoryIds: owners.map(({ id }) => id), day })
  const own = found.filter(({ owner }) => territoryIds.includes(owner.id))
  const faults = own.flatMap((one) => one.faults)
  const fresh = await unsafeKeepFaults(tx, orgId, { territoryIds, faults, day })
  const told = own
    .filter(({ field }) => fresh.includes(field.id))
    .map(({ field, owner, faults }) => ({
      label: field.spec.label,
      territory: owner.name,
      path: owner.path,
      faults,
    }))
  const letters = told.length === 0 ? [] : await ownersOf(tx, orgId, told, day)
  return { owners: territoryIds.length, broken: own.length, letters }
}

/** With the items of its list, of which a return may name some. */
const answered = async (sdb: ScopedDb, { spec }: FieldDefinition, { path }: TerritoryRow) =>
  spec.list === undefined ? spec : withItems(spec, await itemsAt(sdb, spec.list, path))

async function post(
  { email, log, site }: CheckReturnsDeps,
  { to, fields, orgName, orgLocale }: Owner<BrokenField>,
): Promise<void> {
  const locale: Locale = [to.locale, orgLocale].find(isLocale) ?? 'fr'
  const text = openTexts(messagesOf(locale), locale)('fieldDesk')
  const line = ({ label, territory, faults }: BrokenField): string => {
    const said = faults.map(
      ({ kind, code, params }) =>
        `  ${text('broken.line', { kind: text(`returns.name.${kind}`), reason: text(`reason.${code}`, { basis: '', ...params }) })}`,
    )
    return [`- ${label[locale] ?? label.fr} (${territory})`, ...said].join('\n')
  }
  const said = {
    name: to.displayName,
    organisation: orgName,
    count: fields.length,
    questions: fields.map(line).join('\n'),
    link: new URL('/manage/fields', site).href,
  }
  try {
    await email.send({
      to: to.email,
      subject: text('broken.mailSubject', said),
      text: text('broken.mailText', said),
    })
  } catch (error) {
    log.error('returns.letter-failed', { error: error instanceof Error ? error.name : 'unknown' })
  }
}
