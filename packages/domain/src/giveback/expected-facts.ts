import type { Basis, BranchFacts } from './check-giveback.ts'

/** The days in which a return must arrive, and in which a branch may be judged on its plan. */
export const YOUNG_DAYS = 60

/** Visits that a rep is counted for in 60 days at most, whatever his accounts ask: two a working day. */
export const VISITS_PER_REP = 80

/**
 * Assumed of an organisation that has no account yet: each rep will have ten, seen once a month, and meet somebody by
 * name in half of them. Low on purpose: a return that works with this works with a real portfolio.
 */
export const ASSUMED = { accountsPerRep: 10, visitEveryDays: 30, contactsPerRep: 5 } as const

/** What is planned in a branch: sums over its live accounts, `visitEveryDays` being the days wanted between two visits. */
export type BranchPlan = {
  /** Sum of 60 / visitEveryDays. */
  readonly visits: number
  /** Sum of min(1, 60 / visitEveryDays): accounts visited at least once in 60 days. */
  readonly met: number
  /** The same over accounts with a contact. */
  readonly metWithContact: number
  /** Accounts whose next visit is at most 60 days after the one before. */
  readonly returning: number
}

/** The plan of an organisation without accounts, from its reps. */
export const assumedPlan = (reps: number): BranchPlan => ({
  visits: (reps * ASSUMED.accountsPerRep * YOUNG_DAYS) / ASSUMED.visitEveryDays,
  met: reps * ASSUMED.accountsPerRep,
  metWithContact: reps * ASSUMED.contactsPerRep,
  returning: reps * ASSUMED.accountsPerRep,
})

export type Flow = Pick<
  BranchFacts,
  | 'authorsLast60Days'
  | 'reportsLast60Days'
  | 'accountsMetLast60Days'
  | 'contactsMetLast60Days'
  | 'accountsSeenTwiceIn60Days'
>

/**
 * What the next 60 days of a branch should bring by its plan, in the place of what the last 60 have brought: never more
 * visits than its reps can make, one author a rep who has something to visit, and an account seen twice for two visits.
 */
export function expectedFlow(plan: BranchPlan, reps: number): Flow {
  const visits = Math.floor(Math.min(plan.visits, reps * VISITS_PER_REP))
  return {
    authorsLast60Days: Math.min(reps, visits),
    reportsLast60Days: visits,
    accountsMetLast60Days: Math.min(Math.floor(plan.met), visits),
    contactsMetLast60Days: Math.min(Math.floor(plan.metWithContact), visits),
    accountsSeenTwiceIn60Days: Math.min(plan.returning, Math.floor(visits / 2)),
  }
}

/** What is known of a branch that brought no report in the last 60 days. */
export type YoungBranch = {
  /** Its owner was made less than 60 days ago. */
  readonly young: boolean
  /** A report was ever filed on one of its accounts. */
  readonly reported: boolean
  readonly accounts: number
  /** The organisation has an account somewhere. */
  readonly imported: boolean
  readonly plan: BranchPlan
}

export type Expected = { readonly basis: Basis; readonly flow: Flow }

/**
 * What a branch without reports is judged on: its plan while it is young and has never had one; an assumption in the place
 * of the plan while the whole organisation has no account. Null when it is judged on what it brought, which is nothing: it
 * had its time, or it is a place without accounts in an organisation that has some.
 */
export function expectedOf(branch: YoungBranch, reps: number): Expected | null {
  const { young, reported, accounts, imported, plan } = branch
  if (!young || reported) return null
  if (accounts > 0) return { basis: 'planned', flow: expectedFlow(plan, reps) }
  return imported ? null : { basis: 'assumed', flow: expectedFlow(assumedPlan(reps), reps) }
}
