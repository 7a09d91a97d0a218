import { accountLikeness, likelyDuplicates, namesClose } from '../account/duplicates.ts'
import { nameKey } from '../account/normalise.ts'
import type { RollupFact } from '../analytics/fact.ts'
import type { Answer } from '../field/answer.ts'
import { keyedChange } from '../sync/merge.ts'
import type { AccountState, ChangeEntry } from '../sync/state.ts'
import { stockChange } from '../sync/stock-change.ts'
import { type AccountLine, samePlace } from './account-line.ts'
import { changedAnswers } from './asked-fields.ts'
import type { KnownTerritory } from './find-territory.ts'
import type { LineMatch } from './import.ts'
import { type Earlier, type LineVerdict, refusedLine, Twice } from './line.ts'
import { indexNear } from './near-names.ts'
import { shownValue } from './read-cell.ts'
import type { RecordsPlan } from './records-plan.ts'

/** An account as it stands, with the organisation's own number for it. */
export type KnownAccount = AccountState & { readonly ref: string | null }

/** What a batch of lines may be about, read before anything is decided. */
export type AccountsAround = Earlier & {
  /** Accounts with the number, name, phone or e-mail of a line of the batch, or at the place of one. */
  readonly accounts: readonly KnownAccount[]
  /** Those of them that this very import made: the file says itself what is twice in it. */
  readonly made: ReadonlySet<string>
}

/** What a batch comes to: a verdict a line and, when it runs, the states to write. */
export type AccountEffects = {
  readonly verdicts: readonly LineVerdict[]
  readonly accounts: ReadonlyMap<string, KnownAccount>
  readonly changes: readonly ChangeEntry[]
  readonly facts: readonly RollupFact[]
  /** Accounts whose line names another home than theirs. */
  readonly moves: readonly { readonly accountId: string; readonly to: string }[]
  /** The version that a line made of its account. */
  readonly versionOf: ReadonlyMap<number, number>
}

const NEW_ACCOUNT_VISIT_DAYS = 60

/** Decides a batch in the order of the file, touching nothing. The same file again comes to nothing but `unchanged`. */
export function planAccounts(
  plan: RecordsPlan,
  around: AccountsAround,
  lines: readonly AccountLine[],
): AccountEffects {
  const found = indexAccounts(around)
  const twice = new Twice(around)
  const draft: Draft = { accounts: new Map(), changes: [], facts: [], moves: [], versionOf: new Map() }
  const verdicts = lines.map((line): LineVerdict => {
    if (line.reader.faults.length > 0) return refusedLine(line.line, line.reader.faults)
    const sought = seek(line, found, plan)
    if ('refused' in sought) {
      const first = twice.seen(line.line, line.matchKey, sought.refused.id)
      return refusedLine(line.line, first ? [first] : line.reader.faults)
    }
    const known = sought.account
    const again = twice.fault(line.line, line.matchKey, known?.id ?? null)
    if (again) return refusedLine(line.line, [again])
    if (sought.held) return { ...verdictOf(line, 'duplicate', sought.matches), recordId: null }
    return known
      ? planUpdate(plan, draft, line, { known, matches: sought.matches })
      : planCreate(plan, draft, line, sought.matches)
  })
  return { verdicts, ...draft }
}

type Draft = {
  readonly accounts: Map<string, KnownAccount>
  readonly changes: ChangeEntry[]
  readonly facts: RollupFact[]
  readonly moves: { accountId: string; to: string }[]
  readonly versionOf: Map<number, number>
}

const verdictOf = (
  line: AccountLine,
  outcome: LineVerdict['outcome'],
  matches: readonly LineMatch[],
): LineVerdict => ({
  line: line.line,
  outcome,
  faults: [],
  matches,
  matchKey: line.matchKey,
  recordId: null,
})

type Found = ReturnType<typeof indexAccounts>

const placesOf = (row: { postcode: string | null; city: string | null }): string[] =>
  [row.postcode, row.city].map((place) => nameKey(place ?? '')).filter((place) => place !== '')

function indexAccounts({ accounts, made }: AccountsAround) {
  const others = accounts.filter(({ id }) => !made.has(id))
  const group = (keyOf: (account: KnownAccount) => string | null) => {
    const groups = new Map<string, KnownAccount[]>()
    for (const account of others) {
      const key = keyOf(account)
      if (key === null) continue
      const list = groups.get(key)
      if (list) list.push(account)
      else groups.set(key, [account])
    }
    return groups
  }
  return {
    byId: new Map(accounts.map((account) => [account.id, account])),
    byRef: new Map(
      accounts.flatMap((account) => (account.ref === null ? [] : [[account.ref, account] as const])),
    ),
    byName: group(({ name }) => nameKey(name)),
    byPhone: group(({ phone }) => phone),
    byEmail: group(({ email }) => email),
    near: indexNear(others, (account) => ({ key: nameKey(account.name), places: placesOf(account) })),
  }
}

type Sought =
  | { readonly account: KnownAccount | null; readonly matches: readonly LineMatch[]; readonly held: boolean }
  | { readonly refused: KnownAccount }

/**
 * Whether a line with the number of an account may be about it: it bears the same or a close name, or what a client keeps
 * when it changes its name. A number alone proves nothing: a typing error would turn one client into another.
 */
function sameClient(line: AccountLine, known: KnownAccount): boolean {
  const key = (text: string | null) => nameKey(text ?? '')
  const same = (a: string | null, b: string | null) => a !== null && a === b
  const [street, postcode] = [key(line.street), key(line.postcode)]
  return (
    namesClose(line.nameKey, nameKey(known.name)) ||
    same(line.phone ?? line.phoneRaw, known.phone ?? known.phoneRaw) ||
    same(line.email, known.email) ||
    (street !== '' && street === key(known.street) && postcode !== '' && postcode === key(known.postcode))
  )
}

/** The account a line is about: by its number, by its name and place, else by likeness as the options say. */
function seek(line: AccountLine, found: Found, { options }: RecordsPlan): Sought {
  const byRef = line.ref === null ? undefined : found.byRef.get(line.ref)
  if (byRef) {
    if (sameClient(line, byRef)) return { account: byRef, matches: [], held: false }
    line.reader.fault('ref', 'REF_OF_ANOTHER', bearer(byRef))
    return { refused: byRef }
  }
  const free = (account: KnownAccount) => line.ref === null || account.ref === null
  const same = (found.byName.get(line.nameKey) ?? []).filter(
    (account) => samePlace(line, account) && free(account),
  )
  if (same.length === 1) return { account: same[0] ?? null, matches: [], held: false }
  const matches = likely(line, found)
  if (matches.length === 0 || (options.duplicates === 'create' && same.length === 0))
    return { account: null, matches, held: false }
  const best = found.byId.get(matches[0]?.id ?? '') ?? null
  if (options.duplicates !== 'merge' || best === null || same.length > 1)
    return { account: null, matches, held: true }
  if (!free(best)) {
    line.reader.fault('ref', 'REF_DIFFERS', bearer(best))
    return { refused: best }
  }
  return { account: best, matches, held: false }
}

const bearer = ({ ref, name }: KnownAccount) => ({ value: ref ?? '', name: shownValue(name) })

const MATCHES_MAX = 5

function likely(line: AccountLine, found: Found): LineMatch[] {
  const candidates = new Set([
    ...(found.byName.get(line.nameKey) ?? []),
    ...(line.phone === null ? [] : (found.byPhone.get(line.phone) ?? [])),
    ...(line.email === null ? [] : (found.byEmail.get(line.email) ?? [])),
    ...found.near(line.nameKey, placesOf(line)),
  ])
  if (candidates.size === 0) return []
  const likeness = accountLikeness({ ...line, id: '' })
  return likelyDuplicates(likeness, [...candidates].map(accountLikeness))
    .slice(0, MATCHES_MAX)
    .map(({ id, score, reasons }) => {
      const account = found.byId.get(id)
      return {
        id,
        name: account?.name ?? '',
        place: account?.city ?? account?.postcode ?? null,
        score,
        reasons,
      }
    })
}

/** What a line sets, keyed as an account is: only what it says. Phones and e-mails are compared as they are dialled and sent to. */
function patchOf(line: AccountLine, known: KnownAccount | null) {
  const { ref, name, kind, activity, street, postcode, city, visitEveryDays } = line
  const reach = {
    ...(line.phoneRaw !== null &&
    (known === null || (line.phone ?? line.phoneRaw) !== (known.phone ?? known.phoneRaw))
      ? { phone: line.phone, phoneRaw: line.phoneRaw }
      : {}),
    ...(line.email !== null && line.email !== known?.email
      ? { email: line.email, emailRaw: line.emailRaw }
      : {}),
  }
  const plain = { ref, name, kind, activity, street, postcode, city, visitEveryDays }
  return {
    ...Object.fromEntries(Object.entries(plain).filter(([, value]) => value !== null)),
    ...reach,
  } as Partial<KnownAccount>
}

function planCreate(
  plan: RecordsPlan,
  draft: Draft,
  line: AccountLine,
  matches: readonly LineMatch[],
): LineVerdict {
  const home = homeOf(plan, line, null)
  const values = home ? plan.asked.answers(line.reader, home, plan.day) : {}
  if (home === null || line.reader.faults.length > 0) return refusedLine(line.line, line.reader.faults)
  const account: KnownAccount = {
    ...BLANK,
    ...patchOf(line, null),
    id: plan.newId(),
    territoryId: home.id,
    values,
    version: 1,
  }
  const { id, version, ...body } = account
  keep(plan, draft, { account, line, kind: 'import.create', before: {}, after: body })
  draft.facts.push(...stockChange(plan, home.id, {}, values))
  return { ...verdictOf(line, 'create', matches), recordId: id }
}

const BLANK: Omit<KnownAccount, 'id' | 'territoryId' | 'values' | 'version'> = {
  ref: null,
  kind: 'client',
  name: '',
  activity: null,
  street: null,
  postcode: null,
  city: null,
  latitude: null,
  longitude: null,
  phone: null,
  phoneRaw: null,
  email: null,
  emailRaw: null,
  visitEveryDays: NEW_ACCOUNT_VISIT_DAYS,
  priority: 0,
  priorityReason: null,
  lastVisitDay: null,
}

/** The home of a line's account: the one it names, else the one it has, else the one chosen for all; none refuses it. */
function homeOf(
  { territories, options }: RecordsPlan,
  line: AccountLine,
  known: KnownAccount | null,
): KnownTerritory | null {
  const id = line.territory?.id ?? known?.territoryId ?? options.territoryId
  const home = id === null ? undefined : territories.byId.get(id)
  return home ?? line.reader.fault('territory', 'MISSING', {})
}

type Matched = { readonly known: KnownAccount; readonly matches: readonly LineMatch[] }

function planUpdate(
  plan: RecordsPlan,
  draft: Draft,
  line: AccountLine,
  { known, matches }: Matched,
): LineVerdict {
  const home = homeOf(plan, line, known)
  const read = home ? plan.asked.answers(line.reader, home, plan.day) : {}
  if (home === null || line.reader.faults.length > 0) return refusedLine(line.line, line.reader.faults)
  const values: Record<string, Answer> = changedAnswers(known.values, read)
  const patch = patchOf(line, known)
  const moves = home.id !== known.territoryId
  const change = keyedChange(known, { ...patch, ...(moves ? { territoryId: home.id } : {}), values })
  const verdict = { ...verdictOf(line, 'update', matches), recordId: known.id }
  if (Object.keys(change.after).length === 0) return { ...verdict, outcome: 'unchanged' }
  const account: KnownAccount = {
    ...known,
    ...patch,
    values: { ...known.values, ...values },
    version: known.version + 1,
  }
  keep(plan, draft, { account, line, kind: 'import.update', ...change })
  draft.facts.push(...stockChange(plan, known.territoryId, known.values, account.values))
  if (moves) draft.moves.push({ accountId: known.id, to: home.id })
  return verdict
}

type Kept = Pick<ChangeEntry, 'kind' | 'before' | 'after'> & {
  readonly account: KnownAccount
  readonly line: AccountLine
}

function keep({ author }: RecordsPlan, draft: Draft, { account, line, ...change }: Kept): void {
  draft.accounts.set(account.id, account)
  draft.versionOf.set(line.line, account.version)
  draft.changes.push({
    ...change,
    entity: 'account',
    entityId: account.id,
    version: account.version,
    membershipId: author.membershipId,
    opId: author.importId,
  })
}
