import { ROLE_PERMISSIONS, type Role } from '../access/permissions.ts'
import type { Day } from '../agenda/day.ts'
import type { Localised } from '../field/field-spec.ts'
import { type Days, type Held, holdsOn, type LiveFacts, type OwnedQuestion } from './facts.ts'
import { wordsOf } from './meetings.ts'
import { sidesOf } from './outlook.ts'
import { linesOf } from './places.ts'
import type { Projection } from './project.ts'

/** A question that accounts begin to be asked, are asked no more, or keep although they pass elsewhere. */
export type QuestionFollow = {
  readonly fieldId: string
  readonly label: Localised
  readonly kind: 'gained' | 'lost' | 'kept'
  readonly accounts: number
  /** Homes they would have, in no order. */
  readonly places: readonly string[]
}

/** What somebody would reach anew and no more: accounts, and the territories in which they lie (then, and now). */
export type RightFollow = {
  readonly membershipId: string
  readonly name: string
  readonly role: Role
  readonly gained: { readonly accounts: number; readonly places: readonly string[] }
  readonly lost: { readonly accounts: number; readonly places: readonly string[] }
}

/** Accounts with what lies above their home, before and after. */
type Passage = {
  readonly from: string
  readonly to: string
  readonly before: readonly string[]
  readonly after: readonly string[]
  readonly accounts: number
}

const passagesOf = (live: LiveFacts, { tree, carried }: Projection): Passage[] => {
  const before = linesOf(live.tree)
  const after = linesOf(tree)
  return carried.flows.map(({ from, to, load }) => ({
    from,
    to,
    before: before.get(from) ?? [],
    after: after.get(to) ?? [],
    accounts: load.accounts,
  }))
}

/**
 * Which questions are asked anew, no more, or still, of accounts whose home or line changes; of questions of the whole
 * organisation nothing is said, for they follow everywhere. One that others are read by is asked still where one of them
 * was. Lost ones first, then gained, then kept, each by its reach.
 */
export function questionsOf(live: LiveFacts, projection: Projection): QuestionFollow[] {
  const { before, after } = sidesOf(live, projection)
  const was = byOwner(before.questions)
  const is = byOwner(after.questions)
  const read = readAsOne(projection)
  const said = new Map<string, QuestionFollow>()
  const say = (kind: QuestionFollow['kind'], { id, label }: OwnedQuestion, { to, accounts }: Passage) => {
    const key = `${kind}:${id}`
    const known = said.get(key)
    said.set(key, {
      fieldId: id,
      label,
      kind,
      accounts: (known?.accounts ?? 0) + accounts,
      places: [...new Set([...(known?.places ?? []), to])],
    })
  }
  for (const passage of passagesOf(live, projection)) {
    const asked = passage.before.flatMap((id) => was.get(id) ?? [])
    const then = passage.after.flatMap((id) => is.get(id) ?? [])
    const now = (id: string): string => {
      const by = read.get(id)
      return by === undefined ? id : now(by)
    }
    const has = (list: readonly OwnedQuestion[], id: string) => list.some((one) => now(one.id) === id)
    for (const one of asked) if (!has(then, now(one.id))) say('lost', one, passage)
    for (const one of then) if (!has(asked, one.id)) say('gained', one, passage)
    if (passage.from === passage.to && isSame(passage.before, passage.after)) continue
    const root = passage.before[0]
    for (const one of then) if (has(asked, one.id) && one.territoryId !== root) say('kept', one, passage)
  }
  const order = { lost: 0, gained: 1, kept: 2 }
  return [...said.values()].sort((a, b) => order[a.kind] - order[b.kind] || b.accounts - a.accounts)
}

/** Live questions that stop, by the one in whose words their answers are read then; that one may stop in its turn. */
const readAsOne = ({ meetings }: Projection): ReadonlyMap<string, string> =>
  new Map(
    meetings.flatMap(({ clashes }) =>
      clashes.flatMap(({ questions, choice }) => {
        if (choice?.how !== 'one') return []
        const kept = questions.find(({ id }) => id === choice.fieldId)
        const words = questions.map((one) => wordsOf(one).id)
        return kept
          ? words.flatMap((id) => (id === wordsOf(kept).id ? [] : [[id, wordsOf(kept).id] as const]))
          : []
      }),
    ),
  )

const isSame = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((id, at) => id === b[at])

function byOwner(questions: readonly OwnedQuestion[]): ReadonlyMap<string, OwnedQuestion[]> {
  const owned = new Map<string, OwnedQuestion[]>()
  for (const one of questions) owned.set(one.territoryId, [...(owned.get(one.territoryId) ?? []), one])
  return owned
}

/** Who reads accounts that he did not, and no more those that he did, by role; whoever's reach changes most first. */
export function rightsOf(live: LiveFacts, projection: Projection, { today, effective }: Days): RightFollow[] {
  const was = readersAt(live.held, today)
  const is = readersAt(projection.carried.held, effective)
  const people = new Map<string, RightFollow>()
  const add = (
    way: 'gained' | 'lost',
    { membershipId, name, role }: Held,
    place: string,
    accounts: number,
  ) => {
    const key = `${membershipId}:${role}`
    const none = { accounts: 0, places: [] }
    const known = people.get(key) ?? { membershipId, name, role, gained: none, lost: none }
    const { places, accounts: before } = known[way]
    people.set(key, {
      ...known,
      [way]: { accounts: before + accounts, places: [...new Set([...places, place])] },
    })
  }
  for (const { from, to, before, after, accounts } of passagesOf(live, projection)) {
    const had = unique(before.flatMap((id) => was.get(id) ?? []))
    const has = unique(after.flatMap((id) => is.get(id) ?? []))
    for (const [key, one] of had) if (!has.has(key)) add('lost', one, from, accounts)
    for (const [key, one] of has) if (!had.has(key)) add('gained', one, to, accounts)
  }
  const reach = ({ gained, lost }: RightFollow) => gained.accounts + lost.accounts
  return [...people.values()].sort((a, b) => reach(b) - reach(a) || (a.name < b.name ? -1 : 1))
}

const unique = (held: readonly Held[]): Map<string, Held> =>
  new Map(held.map((one) => [`${one.membershipId}:${one.role}`, one]))

/** Those whose role reads accounts, by where they hold it on a day. */
function readersAt(held: readonly Held[], day: Day): ReadonlyMap<string, Held[]> {
  const at = new Map<string, Held[]>()
  for (const one of held) {
    if (holdsOn(one, day) && ROLE_PERMISSIONS[one.role].includes('account.read'))
      at.set(one.territoryId, [...(at.get(one.territoryId) ?? []), one])
  }
  return at
}
