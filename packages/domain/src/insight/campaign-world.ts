import { addMonths, type Period } from '../analytics/period.ts'
import type { Outcome } from '../report/report.ts'
import { CampaignDice } from './campaign-dice.ts'
import type { AccountActivity } from './cold-accounts.ts'
import { FactorCounts, type FactorSpec } from './factor-counts.ts'
import { type TerritoryNode, TerritoryTree } from './territory-tree.ts'

/**
 * `noise`: nothing goes with anything. `planted`: orders go with one answer. `confounded`: some homes give that answer
 * more and take more orders, but within a home the two are strangers. `alike`: visits to an account resemble each other,
 * in answers and in outcomes, and nothing goes with anything across accounts. `shared`: orders go with what the regions ask
 * each in its own words, counted under one concept.
 */
export type WorldKind = 'noise' | 'planted' | 'confounded' | 'alike' | 'shared'

export const RUNS = 12
const REPORTS = 2_000
const ACCOUNTS = 400
const YEAR: Period = { from: '2025-01', to: '2025-12' }
const ANSWERED_SHARE = 0.85
const DAYS = 30

/** The answer that a planted effect is on, or seems to be: 30 % give it; where they do, the odds of an order double. */
const PLANTED = { factor: 0, slot: 0, share: 0.3, odds: 2 }
const BASE = 0.25
export const PLANTED_FIELD = 'f0'
export const PLANTED_BUCKET = 'b0'
export const CONCEPT = 'c'

type Question = { readonly spec: FactorSpec; readonly shares: readonly number[] }
type Visit = {
  readonly month: number
  readonly home: number
  readonly outcome: Outcome
  /** By question, the bucket; -1 for none. */
  readonly answers: Int8Array
  /** To the region's own question, one of two. */
  readonly said: number
}
type Profile = {
  readonly home: number
  readonly month: number
  readonly won: boolean
  readonly answers: Int8Array
  readonly visited: readonly number[]
}

export type World = {
  readonly tree: TerritoryTree
  readonly questions: readonly Question[]
  readonly profiles: readonly Question[]
  readonly visits: readonly Visit[]
  readonly accounts: readonly Profile[]
}

/** Four regions of three departments of two or three sectors: 47 territories. */
function treeOf(): TerritoryTree {
  const nodes: TerritoryNode[] = [{ id: 'fr', parentId: null, people: 60 }]
  for (let region = 0; region < 4; region++) {
    nodes.push({ id: `r${region}`, parentId: 'fr', people: 15 })
    for (let department = 0; department < 3; department++) {
      const id = `r${region}d${department}`
      nodes.push({ id, parentId: `r${region}`, people: 5 })
      for (let sector = 0; sector < 2 + ((region + department) % 2); sector++)
        nodes.push({ id: `${id}s${sector}`, parentId: id, people: 2 })
    }
  }
  return new TerritoryTree(nodes)
}

/** Sizes of the answers of 24 questions, of which yes or no is the commonest, of a delay and a frequency. */
const QUESTION_SIZES = [2, 4, 2, 5, 2, 4, 3, 2, 6, 2, 4, 2, 5, 2, 4, 2, 3, 6, 2, 4, 2, 5, 2, 4]
const PROFILE_SIZES = [2, 4, 2, 5, 3, 2, 4, 2]

function question(dice: CampaignDice, factor: FactorSpec['factor'], size: number): Question {
  const weights = Array.from({ length: size }, () => dice.between(0.1, 1))
  const all = weights.reduce((sum, weight) => sum + weight, 0)
  const buckets = Array.from({ length: size === 2 ? 1 : size }, (_, at) => `b${at}`)
  return { spec: { factor, territoryId: 'fr', buckets }, shares: weights.map((weight) => weight / all) }
}

function questionsOf(dice: CampaignDice): Question[] {
  const asked = QUESTION_SIZES.map((size, at) => question(dice, { kind: 'answer', fieldId: `f${at}` }, size))
  const planted = asked[PLANTED.factor] as Question
  asked[PLANTED.factor] = { ...planted, shares: [PLANTED.share, 1 - PLANTED.share] }
  return [...asked, question(dice, { kind: 'delay' }, 4), question(dice, { kind: 'frequency' }, 4)]
}

/** How a visit ends, given the chance of an order: the rest as what is left is shared anywhere. */
function outcomeOf(dice: CampaignDice, order: number): Outcome {
  const left = (1 - order) / 3
  return (['order', 'quote', 'revisit', 'none'] as const)[dice.share([order, left, left, left])] ?? 'none'
}

/** A home's own chances, or an account's: of the planted answer, and of an order. */
type Habit = { readonly share: number; readonly order: number }

/** Which of 400 accounts a visit goes to says its home; an account has habits of its own in a world where visits are alike. */
export function makeWorld(kind: WorldKind, seed: number): World {
  const dice = new CampaignDice(seed)
  const tree = treeOf()
  const questions = questionsOf(dice)
  const homes = tree.nodes.flatMap((_, at) => (tree.childrenOf(at).length === 0 ? [at] : []))
  const habits = homes.map((): Habit => {
    // Both go up together from home to home; with homes as one they would seem to go together as much as planted ones.
    const way = dice.unit()
    return kind === 'confounded'
      ? { share: 0.05 + 0.8 * way, order: 0.05 + 0.5 * way }
      : { share: PLANTED.share, order: BASE }
  })
  const draw = () => answersOf(dice, questions)
  const own = Array.from({ length: ACCOUNTS }, () => ({
    home: dice.below(homes.length),
    answers: draw(),
    order: dice.between(0, 2 * BASE),
  }))
  // Dice of its own: what the other questions draw stays as it is without it.
  const words = new CampaignDice(seed + 1_000_000)
  const sayings = own.map(() => words.share([PLANTED.share, 1 - PLANTED.share]))
  const visits = Array.from({ length: REPORTS }, (): Visit => {
    const whom = dice.below(ACCOUNTS)
    const account = own[whom] as (typeof own)[number]
    const said =
      kind === 'alike' ? (sayings[whom] as number) : words.share([PLANTED.share, 1 - PLANTED.share])
    const habit = habits[account.home] as Habit
    const answers = kind === 'alike' ? account.answers : draw()
    if (kind === 'confounded') answers[PLANTED.factor] = dice.unit() < habit.share ? PLANTED.slot : 1
    const planted = kind === 'shared' ? said : kind === 'planted' ? answers[PLANTED.factor] : -1
    const exposed = planted === PLANTED.slot
    const odds = (habit.order / (1 - habit.order)) * (exposed ? PLANTED.odds : 1)
    const order = kind === 'alike' ? account.order : odds / (1 + odds)
    const home = homes[account.home] as number
    return { month: dice.below(RUNS), home, outcome: outcomeOf(dice, order), answers, said }
  })
  const profiles = PROFILE_SIZES.map((size, at) =>
    question(dice, { kind: 'profile', fieldId: `p${at}` }, size),
  )
  const accounts = own.map(({ home }) => profileOf(dice, homes[home] as number, profiles))
  return { tree, questions, profiles, visits, accounts }
}

/** The first question is always answered, the others mostly. */
function answersOf(dice: CampaignDice, questions: readonly Question[]): Int8Array {
  const answers = new Int8Array(questions.length).fill(-1)
  for (const [at, { shares }] of questions.entries())
    if (at === PLANTED.factor || dice.unit() < ANSWERED_SHARE) answers[at] = dice.share(shares)
  return answers
}

/** Known from a month on, visited at random at a rhythm of its own. */
function profileOf(dice: CampaignDice, home: number, profiles: readonly Question[]): Profile {
  const gap = dice.between(15, 75)
  const visited: number[] = []
  let day = dice.between(0, gap)
  while (day < RUNS * DAYS) {
    visited.push(day)
    day -= gap * Math.log(1 - dice.unit())
  }
  return {
    home,
    month: dice.below(RUNS),
    won: dice.unit() < BASE,
    answers: answersOf(dice, profiles),
    visited,
  }
}

export const periodOf = (run: number): Period => ({ from: YEAR.from, to: addMonths(YEAR.from, run - 1) })

/** What the engine is given of a world, over the whole year. */
export function countsOf({ tree, questions, profiles, visits, accounts }: World): FactorCounts[] {
  const none: FactorSpec = { factor: { kind: 'reports' }, territoryId: 'fr', buckets: [] }
  const counting = (spec: FactorSpec) => new FactorCounts(spec, tree, YEAR)
  const reports = counting(none)
  const asked = questions.map(({ spec }) => counting(spec))
  const known = profiles.map(({ spec }) => counting(spec))
  const regional = regionalSpecs(tree).map(counting)
  for (const { month, home, outcome, answers, said } of visits) {
    reports.addAt(month, home, reports.answered, outcome, 1)
    addAnswers(asked, answers, { month, home, outcome })
    for (const counts of regional) {
      if (home < counts.top || home >= counts.end) continue
      counts.addAt(month, home, counts.answered, outcome, 1)
      if (said === PLANTED.slot) counts.addAt(month, home, 0, outcome, 1)
    }
  }
  for (const { month, home, won, answers } of accounts)
    addAnswers(known, answers, { month, home, outcome: won ? 'order' : 'none' })
  return [reports, ...asked, ...known, ...regional]
}

const REGIONS = [0, 1, 2, 3]
/** What each region asks in its own words. */
const regionalField = (region: number): string => `${CONCEPT}${region}`
export const conceptOf: ReadonlyMap<string, string> = new Map(
  REGIONS.map((region) => [regionalField(region), CONCEPT]),
)

/** Each region's own question, and the concept that they share where they meet: as `testedConcepts` says. */
function regionalSpecs(tree: TerritoryTree): FactorSpec[] {
  const spec = (fieldId: string, territoryId: string): FactorSpec => ({
    factor: { kind: 'answer', fieldId },
    territoryId,
    buckets: [PLANTED_BUCKET],
  })
  const members = REGIONS.map((region) => spec(regionalField(region), `r${region}`))
  const top = tree.at('fr') as number
  return [...members, { ...spec(CONCEPT, 'fr'), testedAt: (at) => at === top }]
}

function addAnswers(
  factors: readonly FactorCounts[],
  answers: Int8Array,
  { month, home, outcome }: { month: number; home: number; outcome: Outcome },
): void {
  for (const [at, counts] of factors.entries()) {
    const slot = answers[at] as number
    if (slot < 0) continue
    counts.addAt(month, home, counts.answered, outcome, 1)
    if (slot < counts.answered) counts.addAt(month, home, slot, outcome, 1)
  }
}

export function activityOf({ tree, accounts }: World, run: number): AccountActivity[] {
  const today = run * DAYS
  return accounts.flatMap(({ home, visited }, at) => {
    const before = visited.filter((day) => day < today)
    const [first, last] = [before[0], before.at(-1)]
    if (first === undefined || last === undefined) return []
    const gaps = before.length - 1
    return [
      { accountId: `a${at}`, territoryId: tree.id(home), gaps, span: last - first, since: today - last },
    ]
  })
}
