import type { RollupFact } from '../analytics/fact.ts'
import type { Answer } from '../field/answer.ts'
import { keyedChange } from '../sync/merge.ts'
import type { ChangeEntry } from '../sync/state.ts'
import { stockChange } from '../sync/stock-change.ts'
import type { AccountLine } from './account-line.ts'
import type { AccountsAround, KnownAccount } from './accounts-around.ts'
import { changedAnswers } from './asked-fields.ts'
import { type FileLine, FileLines, fileLine } from './file-lines.ts'
import type { KnownTerritory } from './find-territory.ts'
import type { LineFault, LineMatch } from './import.ts'
import { type LineVerdict, refusedLine, Twice, takenLine } from './line.ts'
import type { RecordsPlan } from './records-plan.ts'
import { indexAccounts, seekAccount } from './seek-account.ts'

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
  const own = new Map(lines.map((line) => [line.line, fileLine(line, around.sketches)]))
  const file = new FileLines(around.earlier, [...own.values()])
  const twice = new Twice(around)
  const draft: Draft = { accounts: new Map(), changes: [], facts: [], moves: [], versionOf: new Map() }
  const decide = (line: AccountLine, looks: FileLine): LineVerdict => {
    if (line.reader.faults.length > 0) return refusedLine(line.line, line.reader.faults)
    const sought = seekAccount({ line, looks }, { found, file }, plan.options)
    if ('refused' in sought) {
      const first = twice.seen(line.line, line.matchKey, sought.refused)
      const faults = first ? [first] : line.reader.faults
      return sought.refused === null ? refusedWithNumber(line, twice, faults) : refusedLine(line.line, faults)
    }
    const { account: known, matches } = sought
    const again = twice.fault(line.line, line.matchKey, known?.id ?? null)
    // An earlier line has the account that this one only looks like: it waits, as it would for that line.
    if (again && matches.length > 0 && !twice.seen(line.line, line.matchKey, null))
      return takenLine(line.line, { outcome: 'duplicate', matchKey: line.matchKey, matches })
    if (again) return refusedWithNumber(line, twice, [again])
    if (sought.held) return takenLine(line.line, { outcome: 'duplicate', matchKey: line.matchKey, matches })
    return known ? planUpdate(plan, draft, line, { known, matches }) : planCreate(plan, draft, line, matches)
  }
  const verdicts = lines.map((line): LineVerdict => {
    const looks = own.get(line.line) ?? fileLine(line, around.sketches)
    const verdict = decide(line, looks)
    if (makesAccount(verdict)) file.add(looks)
    return verdict
  })
  return { verdicts, ...draft }
}

/**
 * A line whose number nobody bears, refused for what else it says, keeps its number: a later line that took it would be
 * what this one is about when the same file comes again.
 */
function refusedWithNumber(line: AccountLine, twice: Twice, faults: readonly LineFault[]): LineVerdict {
  const verdict = refusedLine(line.line, faults)
  if (line.ref === null || twice.fault(line.line, line.matchKey, null)) return verdict
  return { ...verdict, matchKey: line.matchKey }
}

/** Whether a line brings an account that is not there yet: now, or once somebody has decided. */
export const makesAccount = ({ outcome }: Pick<LineVerdict, 'outcome'>): boolean =>
  outcome === 'create' || outcome === 'duplicate'

type Draft = {
  readonly accounts: Map<string, KnownAccount>
  readonly changes: ChangeEntry[]
  readonly facts: RollupFact[]
  readonly moves: { accountId: string; to: string }[]
  readonly versionOf: Map<number, number>
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
  draft.facts.push(...stockChange(plan, account, {}, values))
  return takenLine(line.line, { outcome: 'create', matchKey: line.matchKey, matches, recordId: id })
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
  const verdict = takenLine(line.line, {
    outcome: 'update',
    matchKey: line.matchKey,
    matches,
    recordId: known.id,
  })
  if (Object.keys(change.after).length === 0) return { ...verdict, outcome: 'unchanged' }
  const account: KnownAccount = {
    ...known,
    ...patch,
    values: { ...known.values, ...values },
    version: known.version + 1,
  }
  keep(plan, draft, { account, line, kind: 'import.update', ...change })
  draft.facts.push(...stockChange(plan, known, known.values, account.values))
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
