import { namesClose } from '../account/duplicates.ts'
import { nameKey } from '../account/normalise.ts'
import { samePlace } from './account-line.ts'
import type { LineFault } from './import.ts'
import { indexNear, placesOf } from './near-names.ts'
import { shownValue } from './read-cell.ts'

/** An account as contacts need it. */
export type ContactAccount = {
  readonly id: string
  readonly ref: string | null
  readonly name: string
  readonly postcode: string | null
  readonly city: string | null
  readonly territoryId: string
}

/** How a line names its account: by number, else by name, with its place where it is known. */
export type NamedAccount = {
  readonly accountRef: string | null
  readonly account: string | null
  readonly accountKey: string | null
  readonly postcode: string | null
  readonly city: string | null
}

/** The account of a line, or why there is none: a fault of its number or its name. */
export type FoundAccount = { readonly account: ContactAccount } | { readonly fault: LineFault }

const CANDIDATES_SHOWN = 4

/**
 * Finds the account a line names: by its number; without one by its name, which one account alone must bear, at the place
 * of the line where that is told. Never a guess: accounts that are several or only close are told, none is taken.
 */
export function accountFinder(accounts: readonly ContactAccount[]): (line: NamedAccount) => FoundAccount {
  const byRef = new Map(
    accounts.flatMap((account) => (account.ref === null ? [] : [[account.ref, account] as const])),
  )
  const byName = new Map<string, ContactAccount[]>()
  for (const account of accounts) {
    const key = nameKey(account.name)
    byName.set(key, [...(byName.get(key) ?? []), account])
  }
  const close = closeAccounts(accounts)
  return (line) => {
    const value = shownValue(line.accountRef ?? line.account ?? '')
    if (line.accountRef !== null) {
      const account = byRef.get(line.accountRef)
      return account
        ? { account }
        : { fault: { code: 'ACCOUNT_UNKNOWN', target: 'accountRef', params: { value } } }
    }
    const refuse = (code: LineFault['code'], candidates: readonly ContactAccount[]): FoundAccount => ({
      fault: { code, target: 'account', params: { value, ...namesOf(candidates) } },
    })
    const same = byName.get(line.accountKey ?? '') ?? []
    const placed = placesOf(line).length === 0 ? same : same.filter((account) => maybeAt(account, line))
    const [account] = placed
    if (account && placed.length === 1) return { account }
    if (account) return refuse('ACCOUNT_AMBIGUOUS', placed)
    const likely = same.length > 0 ? same : close(line)
    return likely.length > 0 ? refuse('ACCOUNT_LIKELY', likely) : refuse('ACCOUNT_UNKNOWN', [])
  }
}

/** At the place of a line, or nowhere that is known. */
const maybeAt = (account: ContactAccount, line: NamedAccount): boolean =>
  placesOf(account).length === 0 || samePlace(account, line)

function namesOf(candidates: readonly ContactAccount[]): { names?: string } {
  if (candidates.length === 0) return {}
  const names = candidates.slice(0, CANDIDATES_SHOWN).map(({ name, city, postcode, ref }) => {
    const place = city ?? postcode
    const said = place === null ? shownValue(name) : `${shownValue(name)}, ${place}`
    return ref === null ? said : `${said} (${ref})`
  })
  return { names: [...names, ...(candidates.length > CANDIDATES_SHOWN ? ['…'] : [])].join(' ; ') }
}

const ANYWHERE = '*'

/** Accounts with a close name: at the place of a line, or anywhere when it tells none. */
function closeAccounts(accounts: readonly ContactAccount[]): (line: NamedAccount) => ContactAccount[] {
  const near = indexNear(accounts, (account) => ({
    key: nameKey(account.name),
    places: [ANYWHERE, ...placesOf(account)],
  }))
  return (line) => {
    const key = line.accountKey ?? ''
    const places = placesOf(line)
    return [...near(key, places.length === 0 ? [ANYWHERE] : places)]
      .filter(({ name }) => namesClose(nameKey(name), key))
      .sort((a, b) => (a.name < b.name ? -1 : 1))
  }
}
