import { namesClose } from '../account/duplicates.ts'
import { nameKey } from '../account/normalise.ts'
import { type AccountLine, samePlace } from './account-line.ts'
import type { AccountsAround, KnownAccount } from './accounts-around.ts'
import type { FileLine, FileLines } from './file-lines.ts'
import type { ImportOptions, LineMatch } from './import.ts'
import { type Likely, type Looks, likelyAccounts } from './likely-accounts.ts'
import { indexNear, placesOf } from './near-names.ts'
import { shownValue } from './read-cell.ts'

export type Found = ReturnType<typeof indexAccounts>

type Known = Looks & { readonly account: KnownAccount }

/** The accounts that a batch may be about, by what they are found by. Those that this import made are found as lines. */
export function indexAccounts({ accounts, made, sketches }: AccountsAround) {
  const others = accounts
    .filter(({ id }) => !made.has(id))
    .map((account): Known => ({ ...account, account, sketch: sketches.get(nameKey(account.name)) ?? null }))
  const group = (keyOf: (account: Known) => string | null) => {
    const groups = new Map<string, Known[]>()
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
    byRef: new Map(
      accounts.flatMap((account) => (account.ref === null ? [] : [[account.ref, account] as const])),
    ),
    byName: group(({ name }) => nameKey(name)),
    bySketch: group(({ sketch }) => sketch),
    byPhone: group(({ phone }) => phone),
    byEmail: group(({ email }) => email),
    near: indexNear(others, (account) => ({ key: nameKey(account.name), places: placesOf(account) })),
  }
}

/** `refused` names the account, where its number told, that a line with a fault is about. */
export type Sought =
  | { readonly account: KnownAccount | null; readonly matches: readonly LineMatch[]; readonly held: boolean }
  | { readonly refused: string | null }

type Of = { readonly line: AccountLine; readonly looks: FileLine }
type Among = { readonly found: Found; readonly file: FileLines }

/** The account a line is about: by its number, by its name and place, else by likeness as the options say. */
export function seekAccount(of: Of, { found, file }: Among, { duplicates }: ImportOptions): Sought {
  const { line, looks } = of
  const byRef = line.ref === null ? undefined : found.byRef.get(line.ref)
  if (byRef) {
    if (sameClient(line, byRef)) return { account: byRef, matches: [], held: false }
    line.reader.fault('ref', 'REF_OF_ANOTHER', bearer(byRef))
    return { refused: byRef.id }
  }
  const free = (other: { readonly ref: string | null }) => line.ref === null || other.ref === null
  const same = (found.byName.get(line.nameKey) ?? []).filter((other) => samePlace(line, other) && free(other))
  if (same.length === 1) return { account: same[0]?.account ?? null, matches: [], held: false }
  const first = same.length === 0 ? file.same(looks) : null
  if (first) {
    line.reader.fault(null, 'TWICE_IN_FILE', { line: first.line })
    return { refused: null }
  }
  const likely = likeliest(looks, found, file)
  const matches = likely.map(matchOf)
  const best = likely[0]?.of
  if (best === undefined || (duplicates === 'create' && same.length === 0))
    return { account: null, matches, held: false }
  if (duplicates !== 'merge' || same.length > 1) return { account: null, matches, held: true }
  if (!free(best)) {
    line.reader.fault('ref', 'REF_DIFFERS', bearer(best))
    return { refused: null }
  }
  return 'account' in best
    ? { account: best.account, matches, held: false }
    : { account: null, matches, held: true }
}

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

const bearer = ({ ref, name }: Pick<Looks, 'ref' | 'name'>) => ({ value: ref ?? '', name: shownValue(name) })

const MATCHES_MAX = 5

function likeliest(looks: FileLine, found: Found, file: FileLines): Likely<Known | FileLine>[] {
  const candidates = new Set([
    ...(found.byName.get(looks.nameKey) ?? []),
    ...(found.bySketch.get(looks.sketch ?? '') ?? []),
    ...(looks.phone === null ? [] : (found.byPhone.get(looks.phone) ?? [])),
    ...(looks.email === null ? [] : (found.byEmail.get(looks.email) ?? [])),
    ...found.near(looks.nameKey, placesOf(looks)),
  ])
  return [...likelyAccounts(looks, [...candidates]), ...file.likely(looks)]
    .sort((a, b) => b.score - a.score)
    .slice(0, MATCHES_MAX)
}

const matchOf = ({ of, score, reasons }: Likely<Known | FileLine>): LineMatch => ({
  id: of.id,
  ...('account' in of ? {} : { line: of.line }),
  name: of.name,
  place: of.city ?? of.postcode,
  score,
  reasons,
})
