import type { Day } from '../agenda/day.ts'
import type { TreeNode } from '../territory/tree-step.ts'
import {
  addLoads,
  type Days,
  type Held,
  holdsOn,
  type LiveFacts,
  type Load,
  NO_LOAD,
  type OwnedQuestion,
} from './facts.ts'
import { linesOf } from './places.ts'
import type { Projection } from './project.ts'

/** A territory with its whole branch; `seconds`: what a report filed there takes to fill; `reps`: by name. */
export type PlaceLoad = Load & { readonly seconds: number; readonly reps: readonly string[] }

/** What became of a territory; only what strikes most is told. */
export type PlaceChange = 'new' | 'merged' | 'closed' | 'moved' | 'grown' | 'shrunk' | 'renamed'

export type PlaceOutlook = {
  readonly before: PlaceLoad | null
  readonly after: PlaceLoad | null
  readonly change: PlaceChange | null
}

/** One side of a re-organisation: the tree with what stands on it. */
type Side = {
  readonly tree: readonly TreeNode[]
  readonly own: ReadonlyMap<string, Load>
  readonly questions: readonly OwnedQuestion[]
  readonly held: readonly Held[]
}

export const sidesOf = (live: LiveFacts, { tree, carried }: Projection): { before: Side; after: Side } => {
  const own = new Map<string, Load>()
  for (const { to, load } of carried.flows) own.set(to, addLoads(own.get(to) ?? NO_LOAD, load))
  return {
    before: { tree: live.tree, own: live.loads, questions: live.questions, held: live.held },
    after: { tree, own, questions: carried.questions, held: carried.held },
  }
}

/** The load of each territory of a side, its branch included, on a day. */
export function loadsOf({ tree, own, questions, held }: Side, day: Day): ReadonlyMap<string, PlaceLoad> {
  const lines = linesOf(tree)
  const loads = new Map<string, Load>()
  for (const [id, load] of own)
    for (const above of lines.get(id) ?? []) loads.set(above, addLoads(loads.get(above) ?? NO_LOAD, load))
  const reps = new Map<string, Map<string, string>>()
  for (const { membershipId, name, territoryId } of held.filter(
    (one) => one.role === 'rep' && holdsOn(one, day),
  ))
    for (const above of lines.get(territoryId) ?? [])
      reps.set(above, (reps.get(above) ?? new Map<string, string>()).set(membershipId, name))
  const seconds = secondsAt(lines, questions)
  return new Map(
    tree
      .filter((node) => !node.closed)
      .map(({ id }) => [
        id,
        {
          ...(loads.get(id) ?? NO_LOAD),
          seconds: seconds(id),
          reps: [...(reps.get(id)?.values() ?? [])].sort(),
        },
      ]),
  )
}

/** Seconds that the questions of a report take, asked by all on the line of a territory. */
function secondsAt(
  lines: ReadonlyMap<string, readonly string[]>,
  questions: readonly OwnedQuestion[],
): (id: string) => number {
  const own = new Map<string, number>()
  for (const { entity, territoryId, seconds } of questions)
    if (entity === 'report') own.set(territoryId, (own.get(territoryId) ?? 0) + seconds)
  return (id) => (lines.get(id) ?? []).reduce((sum, above) => sum + (own.get(above) ?? 0), 0)
}

/** Both loads of every territory of either side, and what became of it. */
export function placesOf(live: LiveFacts, projection: Projection, days: Days): Map<string, PlaceOutlook> {
  const { before, after } = sidesOf(live, projection)
  const was = loadsOf(before, days.today)
  const is = loadsOf(after, days.effective)
  const nodes = new Map(before.tree.map((node) => [node.id, node]))
  const merged = new Set(projection.steps.flatMap((step) => (step.of === 'merge' ? [step.intoId] : [])))
  return new Map(
    after.tree.flatMap((node): [string, PlaceOutlook][] => {
      const before = was.get(node.id) ?? null
      const after = is.get(node.id) ?? null
      if (!before && !after) return []
      return [[node.id, { before, after, change: changeOf(node, { nodes, merged, before, after }) }]]
    }),
  )
}

type Changing = Omit<PlaceOutlook, 'change'> & {
  readonly nodes: ReadonlyMap<string, TreeNode>
  readonly merged: ReadonlySet<string>
}

function changeOf(node: TreeNode, { nodes, merged, before, after }: Changing): PlaceChange | null {
  const was = nodes.get(node.id)
  if (!after) return 'closed'
  if (!was || !before) return 'new'
  if (merged.has(node.id)) return 'merged'
  if (was.parentId !== node.parentId) return 'moved'
  if (after.accounts !== before.accounts) return after.accounts > before.accounts ? 'grown' : 'shrunk'
  return was.name === node.name ? null : 'renamed'
}

/** Accounts for each rep of a territory; null without one. */
export const perRep = (load: PlaceLoad | null): number | null =>
  load && load.reps.length > 0 ? load.accounts / load.reps.length : null

export type Figures = {
  readonly accounts: number
  /** Accounts that other reps would visit than today. */
  readonly changing: number
  /** Seconds that a report takes to fill, on average over the accounts. */
  readonly entry: { readonly before: number; readonly after: number }
  /** Accounts of the most laden rep, and how many times those of the least laden; null without reps. */
  readonly heaviest: { readonly before: number | null; readonly after: number | null }
  readonly spread: { readonly before: number | null; readonly after: number | null }
}

/** The few figures of a whole re-organisation. */
export function figuresOf(live: LiveFacts, projection: Projection, { today, effective }: Days): Figures {
  const { before, after } = sidesOf(live, projection)
  const was = repsAt(before, today)
  const is = repsAt(after, effective)
  const { flows } = projection.carried
  const same = (a: readonly string[], b: readonly string[]) =>
    a.length === b.length && a.every((id) => b.includes(id))
  const changing = flows.filter(({ from, to }) => !same(was(from), is(to)))
  const [lightBefore, heavyBefore] = ends(before, today)
  const [lightAfter, heavyAfter] = ends(after, effective)
  return {
    accounts: flows.reduce((sum, { load }) => sum + load.accounts, 0),
    changing: changing.reduce((sum, { load }) => sum + load.accounts, 0),
    heaviest: { before: heavyBefore, after: heavyAfter },
    spread: { before: ratio(heavyBefore, lightBefore), after: ratio(heavyAfter, lightAfter) },
    entry: { before: meanSeconds(before), after: meanSeconds(after) },
  }
}

/** Reps who reach a territory: assigned to it or above. */
function repsAt({ tree, held }: Side, day: Day): (id: string) => string[] {
  const lines = linesOf(tree)
  const at = new Map<string, string[]>()
  for (const one of held)
    if (one.role === 'rep' && holdsOn(one, day))
      at.set(one.territoryId, [...(at.get(one.territoryId) ?? []), one.membershipId])
  return (id) => [...new Set((lines.get(id) ?? []).flatMap((above) => at.get(above) ?? []))]
}

/** The load of a rep is his share of every territory to which he is assigned himself. */
function ends(side: Side, day: Day): [least: number | null, most: number | null] {
  const loads = loadsOf(side, day)
  const shares = new Map<string, number>()
  const posts = new Set(
    side.held.flatMap(({ role, membershipId, territoryId, ...one }) =>
      role === 'rep' && holdsOn(one, day) ? [`${membershipId} ${territoryId}`] : [],
    ),
  )
  for (const post of posts) {
    const [person = '', territory = ''] = post.split(' ')
    shares.set(person, (shares.get(person) ?? 0) + (perRep(loads.get(territory) ?? null) ?? 0))
  }
  return shares.size === 0 ? [null, null] : [Math.min(...shares.values()), Math.max(...shares.values())]
}

function meanSeconds({ tree, own, questions }: Side): number {
  const seconds = secondsAt(linesOf(tree), questions)
  const [sum, accounts] = [...own].reduce(
    ([sum, count], [id, load]) => [sum + load.accounts * seconds(id), count + load.accounts],
    [0, 0],
  )
  return accounts === 0 ? 0 : sum / accounts
}

const ratio = (most: number | null, least: number | null): number | null =>
  most === null || least === null || least === 0 ? null : most / least
