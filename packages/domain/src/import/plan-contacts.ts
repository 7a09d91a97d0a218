import { contactLikeness, likelyDuplicates } from '../account/duplicates.ts'
import { nameKey, normaliseEmail, personKey, personName } from '../account/normalise.ts'
import type { RollupFact } from '../analytics/fact.ts'
import type { Answer } from '../field/answer.ts'
import { keyedChange } from '../sync/merge.ts'
import type { ChangeEntry, ContactState } from '../sync/state.ts'
import { stockChange } from '../sync/stock-change.ts'
import { changedAnswers } from './asked-fields.ts'
import { accountFinder, type ContactAccount, type FoundAccount } from './find-account.ts'
import type { ImportMapping, LineMatch } from './import.ts'
import {
  type Earlier,
  LineReader,
  type LineVerdict,
  refusedLine,
  type StagedLine,
  Twice,
  takenLine,
} from './line.ts'
import { readYesNo } from './read-cell.ts'
import type { RecordsPlan } from './records-plan.ts'

/** What a line says of a person at an account; null where it says nothing. */
export type ContactLine = {
  readonly line: number
  readonly reader: LineReader
  readonly accountRef: string | null
  readonly account: string | null
  readonly accountKey: string | null
  /** Where the account is, which tells apart those of one name. */
  readonly postcode: string | null
  readonly city: string | null
  readonly firstName: string | null
  readonly lastName: string
  readonly jobTitle: string | null
  readonly phone: string | null
  readonly phoneRaw: string | null
  readonly email: string | null
  readonly emailRaw: string | null
  readonly optedOut: boolean | null
}

export type ContactReading = {
  readonly mapping: ImportMapping
  readonly columns: number
  readonly phone: (raw: string) => string | null
}

const named = (text: string | null): string | null => (text === null ? null : personName(text))

export function readContactLine(
  staged: StagedLine,
  { mapping, columns, phone }: ContactReading,
): ContactLine {
  const reader = new LineReader(staged, mapping, columns)
  const accountRef = reader.text('accountRef', 60)
  const account = reader.text('account', 200)
  if (accountRef === null && account === null) reader.fault('account', 'MISSING', {})
  const phoneRaw = reader.text('phone', 60)
  const emailRaw = reader.text('email', 254)
  return {
    line: staged.line,
    reader,
    accountRef,
    account,
    accountKey: account === null ? null : nameKey(account),
    postcode: reader.text('accountPostcode', 20),
    city: reader.text('accountCity', 120),
    firstName: named(reader.text('firstName', 100)),
    lastName: named(reader.required('lastName', 100)) ?? '',
    jobTitle: reader.text('jobTitle', 120),
    phone: phoneRaw === null ? null : phone(phoneRaw),
    phoneRaw,
    email: reader.read('email', 'NOT_EMAIL', normaliseEmail),
    emailRaw,
    optedOut: reader.read('optedOut', 'NOT_YES_NO', readYesNo),
  }
}

export type ContactsAround = Earlier & {
  /** Accounts with the number, the name or a close name of a line of the batch, and the people of those found. */
  readonly accounts: readonly ContactAccount[]
  readonly contacts: readonly ContactState[]
  readonly made: ReadonlySet<string>
}

export type ContactEffects = {
  readonly verdicts: readonly LineVerdict[]
  readonly contacts: ReadonlyMap<string, ContactState>
  readonly changes: readonly ChangeEntry[]
  readonly facts: readonly RollupFact[]
  readonly versionOf: ReadonlyMap<number, number>
}

type Draft = {
  readonly contacts: Map<string, ContactState>
  readonly changes: ChangeEntry[]
  readonly facts: RollupFact[]
  readonly versionOf: Map<number, number>
}

/** Decides a batch in the order of the file, touching nothing. */
export function planContacts(
  plan: RecordsPlan,
  around: ContactsAround,
  lines: readonly ContactLine[],
): ContactEffects {
  const findAccount = accountFinder(around.accounts)
  const byAccount = new Map<string, ContactState[]>()
  for (const contact of around.contacts)
    byAccount.set(contact.accountId, [...(byAccount.get(contact.accountId) ?? []), contact])
  const twice = new Twice(around)
  const draft: Draft = { contacts: new Map(), changes: [], facts: [], versionOf: new Map() }
  const verdicts = lines.map((line): LineVerdict => {
    const account = line.reader.faults.length > 0 ? null : accountOf(line, findAccount(line))
    if (account === null) return refusedLine(line.line, line.reader.faults)
    const at: At = { line, account, matchKey: contactKey(account, line) }
    const sought = seek(at, byAccount.get(account.id) ?? [], { ...plan, made: around.made })
    const again = twice.fault(line.line, at.matchKey, sought.contact?.id ?? null)
    if (again) return refusedLine(line.line, [again])
    if (sought.held)
      return takenLine(line.line, { outcome: 'duplicate', matchKey: at.matchKey, matches: sought.matches })
    return sought.contact === null
      ? planCreate(plan, draft, at, sought.matches)
      : planUpdate(plan, draft, at, { known: sought.contact, matches: sought.matches })
  })
  return { verdicts, ...draft }
}

type At = { readonly line: ContactLine; readonly account: ContactAccount; readonly matchKey: string }

/** Says "the same person" within a file: one name at one account. */
export const contactKey = (
  account: Pick<ContactAccount, 'id'>,
  { firstName, lastName }: ContactLine,
): string => `${account.id}|${personKey(firstName ?? '', lastName)}`

/** What cannot be found is noted on the line. */
function accountOf(line: ContactLine, found: FoundAccount): ContactAccount | null {
  if ('account' in found) return found.account
  const { code, target, params } = found.fault
  return line.reader.fault(target, code, params)
}

type Sought = {
  readonly contact: ContactState | null
  readonly matches: readonly LineMatch[]
  readonly held: boolean
}

/**
 * The person of this account with the same name, or the same family name and e-mail. A shared telephone or mailbox is no
 * proof: it makes a likely duplicate.
 */
function seek(
  { line, account }: At,
  people: readonly ContactState[],
  { options, made }: RecordsPlan & Pick<ContactsAround, 'made'>,
): Sought {
  const key = personKey(line.firstName ?? '', line.lastName)
  const family = nameKey(line.lastName)
  const same =
    people.find((person) => personKey(person.firstName, person.lastName) === key) ??
    people.find(
      (person) => line.email !== null && person.email === line.email && nameKey(person.lastName) === family,
    )
  if (same) return { contact: same, matches: [], held: false }
  const likeness = contactLikeness({
    ...line,
    id: '',
    accountId: account.id,
    firstName: line.firstName ?? '',
  })
  const others = people.filter(({ id }) => !made.has(id))
  const matches = likelyDuplicates(likeness, others.map(contactLikeness))
    .slice(0, 5)
    .map(({ id, score, reasons }) => {
      const person = others.find((other) => other.id === id)
      return {
        id,
        name: `${person?.firstName ?? ''} ${person?.lastName ?? ''}`.trim(),
        place: account.name,
        score,
        reasons,
      }
    })
  if (matches.length === 0 || options.duplicates === 'create') return { contact: null, matches, held: false }
  if (options.duplicates === 'hold') return { contact: null, matches, held: true }
  return { contact: others.find(({ id }) => id === matches[0]?.id) ?? null, matches, held: false }
}

/** What a line sets: only what it says. It can note that somebody wants no messages, never take that back. */
function patchOf(line: ContactLine, known: ContactState | null): Partial<ContactState> {
  const { firstName, lastName, jobTitle } = line
  const plain = Object.fromEntries(
    Object.entries({ firstName, lastName, jobTitle }).filter(([, value]) => value !== null),
  )
  return {
    ...plain,
    ...(line.optedOut === true ? { optedOut: true } : {}),
    ...(line.phoneRaw !== null &&
    (known === null || (line.phone ?? line.phoneRaw) !== (known.phone ?? known.phoneRaw))
      ? { phone: line.phone, phoneRaw: line.phoneRaw }
      : {}),
    ...(line.email !== null && line.email !== known?.email
      ? { email: line.email, emailRaw: line.emailRaw }
      : {}),
  }
}

function answersOf(plan: RecordsPlan, { line, account }: At): Record<string, Answer> {
  const home = plan.territories.byId.get(account.territoryId)
  return home ? plan.asked.answers(line.reader, home, plan.day) : {}
}

function planCreate(plan: RecordsPlan, draft: Draft, at: At, matches: readonly LineMatch[]): LineVerdict {
  const values = answersOf(plan, at)
  if (at.line.reader.faults.length > 0) return refusedLine(at.line.line, at.line.reader.faults)
  const contact: ContactState = {
    firstName: '',
    lastName: '',
    jobTitle: null,
    phone: null,
    phoneRaw: null,
    email: null,
    emailRaw: null,
    optedOut: false,
    ...patchOf(at.line, null),
    id: plan.newId(),
    accountId: at.account.id,
    values,
    version: 1,
  }
  const { id, version, ...body } = contact
  keep(plan, draft, at, { contact, kind: 'import.create', before: {}, after: body })
  draft.facts.push(...stockChange(plan, at.account, {}, values))
  return takenLine(at.line.line, { outcome: 'create', matchKey: at.matchKey, matches, recordId: id })
}

type Matched = { readonly known: ContactState; readonly matches: readonly LineMatch[] }

function planUpdate(plan: RecordsPlan, draft: Draft, at: At, { known, matches }: Matched): LineVerdict {
  const values = changedAnswers(known.values, answersOf(plan, at))
  if (at.line.reader.faults.length > 0) return refusedLine(at.line.line, at.line.reader.faults)
  const patch = patchOf(at.line, known)
  const change = keyedChange(known, { ...patch, values })
  const verdict = takenLine(at.line.line, {
    outcome: 'update',
    matchKey: at.matchKey,
    matches,
    recordId: known.id,
  })
  if (Object.keys(change.after).length === 0) return { ...verdict, outcome: 'unchanged' }
  const contact: ContactState = {
    ...known,
    ...patch,
    values: { ...known.values, ...values },
    version: known.version + 1,
  }
  keep(plan, draft, at, { contact, kind: 'import.update', ...change })
  draft.facts.push(...stockChange(plan, at.account, known.values, contact.values))
  return verdict
}

type Kept = Pick<ChangeEntry, 'kind' | 'before' | 'after'> & { readonly contact: ContactState }

function keep({ author }: RecordsPlan, draft: Draft, { line }: At, { contact, ...change }: Kept): void {
  draft.contacts.set(contact.id, contact)
  draft.versionOf.set(line.line, contact.version)
  draft.changes.push({
    ...change,
    entity: 'contact',
    entityId: contact.id,
    version: contact.version,
    membershipId: author.membershipId,
    opId: author.importId,
  })
}
