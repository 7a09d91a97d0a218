import { CASES_MIN, GROUP_MIN, INSIGHT_ANSWERS_MIN } from '../analytics/group-size.ts'
import type { FieldDefinition, FieldEntity, Giveback } from '../field/field-spec.ts'
import { fitsType } from './fits-type.ts'

export const GIVEBACK_FAULTS = [
  'GIVEBACK_TYPE',
  /** A trend is of reports: what stays on an account or a contact has no months. Insights are not of contacts. */
  'GIVEBACK_ENTITY',
  'GIVEBACK_NOT_REPORTABLE',
  'GIVEBACK_OPTION_UNKNOWN',
  'GIVEBACK_NO_REP',
  'GIVEBACK_NO_REPORT',
  /** Of a published question: reports are filed, and none answers it (broken-returns.ts). */
  'GIVEBACK_NO_ANSWER',
  'GIVEBACK_NO_SECOND_VISIT',
  'GIVEBACK_TOO_FEW_PEOPLE',
  'GIVEBACK_TOO_FEW_ANSWERS',
  'GIVEBACK_NOBODY_REACHABLE',
] as const
export type GivebackFault = (typeof GIVEBACK_FAULTS)[number]

/**
 * What the database says of the branch of the field's owner, accounts counted at their present home. "Last 60 days" is
 * report.day from today - 59 to today, withdrawn reports left out, visits and calls alike.
 */
export type BranchFacts = {
  /** People with a live assignment that files reports (role with report.create) in the branch, or above it. */
  readonly reps: number
  /** Those of them assigned strictly below the owner: only they have a territory above to be compared with. */
  readonly repsBelow: number
  /** Distinct report.author_id over the last 60 days. */
  readonly authorsLast60Days: number
  /** Reports over the last 60 days. */
  readonly reportsLast60Days: number
  /** Distinct report.account_id over the last 60 days. */
  readonly accountsMetLast60Days: number
  /** Distinct non-null report.contact_id over the last 60 days. */
  readonly contactsMetLast60Days: number
  /** Accounts with two reports or more over the last 60 days. */
  readonly accountsSeenTwiceIn60Days: number
  /** Accounts with a phone or an e-mail. */
  readonly accountsReachable: number
  /** Contacts with a phone or an e-mail, not opted out. */
  readonly contactsReachable: number
  /** Absent when the counts of 60 days were measured; else what the next 60 days are expected to bring (expected-facts.ts). */
  readonly basis?: Basis
}

/** From the accounts' own rhythm of visits, or, before there is any account, from a stated assumption. */
export type Basis = 'planned' | 'assumed'

export type GivebackVerdict =
  | {
      readonly working: true
      readonly evidence: Readonly<Record<string, number>>
      /** As in the facts: who shows the evidence says that it is expected, not measured. */
      readonly basis?: Basis
    }
  | {
      readonly working: false
      readonly code: GivebackFault
      readonly params: Readonly<Record<string, string | number>>
    }

type Question = Pick<FieldDefinition, 'entity' | 'spec'>
type Refused = Extract<GivebackVerdict, { readonly working: false }>

const refuse = (code: GivebackFault, params: Refused['params'] = {}): Refused => ({
  working: false,
  code,
  params,
})

/**
 * Whether a return works: somebody fills the question, and receives the return within 60 days at the rate at which the
 * branch is visited, or is planned to be. Evidence and params are counts from `facts`, with their basis when expected.
 */
export function checkGiveback(giveback: Giveback, question: Question, facts: BranchFacts): GivebackVerdict {
  const verdict = judge(giveback, question, facts)
  const { basis } = facts
  if (!basis) return verdict
  return verdict.working ? { ...verdict, basis } : { ...verdict, params: { ...verdict.params, basis } }
}

function judge(giveback: Giveback, question: Question, facts: BranchFacts): GivebackVerdict {
  const { spec, entity } = question
  if (!fitsType(giveback.kind, spec.type))
    return refuse('GIVEBACK_TYPE', { kind: giveback.kind, type: spec.type })
  if (ENTITIES[giveback.kind]?.includes(entity) === false)
    return refuse('GIVEBACK_ENTITY', { kind: giveback.kind, entity })
  if (COUNTED.has(giveback.kind) && !spec.reportable) {
    return refuse('GIVEBACK_NOT_REPORTABLE', { kind: giveback.kind })
  }
  const unknown = unknownOptions(optionsNamed(giveback), question)
  if (unknown.length > 0) return refuse('GIVEBACK_OPTION_UNKNOWN', { options: unknown.join(', ') })
  if (facts.reps === 0) return refuse('GIVEBACK_NO_REP')
  if (!facts.basis && facts.reportsLast60Days === 0) return refuse('GIVEBACK_NO_REPORT', { reps: facts.reps })
  const answers = answersLikely(entity, facts)
  if (answers === 0) return refuse('GIVEBACK_TOO_FEW_ANSWERS', { have: 0, need: 1 })
  switch (giveback.kind) {
    case 'badge':
      return badgeVerdict(facts, answers)
    case 'comparison':
      return comparisonVerdict(facts, answers)
    case 'segment':
      return segmentVerdict(entity, facts, answers)
    case 'reminder':
      // When it fires depends on the date; that it is set is told on the very save.
      return { working: true, evidence: { reps: facts.reps, answers } }
    case 'trend':
      return enough(answers, TREND_ANSWERS_MIN, facts)
    case 'insight':
      // By the second monthly run.
      return enough(answers, INSIGHT_ANSWERS_MIN, facts)
    case 'priority':
      // Told on the very save, with the day of the next visit, and in the order of Today from then on.
      return { working: true, evidence: { reps: facts.reps, answers } }
  }
}

/** On what a return can be asked; the others on everything. */
const ENTITIES: Readonly<Partial<Record<Giveback['kind'], readonly FieldEntity[]>>> = {
  trend: ['report'],
  // What stands out is looked for over reports and accounts (insight/factor-counts.ts).
  insight: ['report', 'account'],
}

/** Returns that are made of counts. */
const COUNTED: ReadonlySet<Giveback['kind']> = new Set(['comparison', 'segment', 'insight'])

/** Two steps of thirty days, each with the cases that a share needs (trend.ts). */
const TREND_ANSWERS_MIN = 2 * CASES_MIN

const enough = (answers: number, need: number, { reps }: BranchFacts): GivebackVerdict =>
  answers >= need
    ? { working: true, evidence: { reps, answers } }
    : refuse('GIVEBACK_TOO_FEW_ANSWERS', { have: answers, need })

/** Answers to expect in 60 days: one per report, or one per account or contact met. */
const answersLikely = (entity: FieldEntity, facts: BranchFacts): number =>
  entity === 'report'
    ? facts.reportsLast60Days
    : entity === 'account'
      ? facts.accountsMetLast60Days
      : facts.contactsMetLast60Days

/** Answers that a return names. */
export const optionsNamed = (giveback: Giveback): readonly string[] =>
  giveback.kind === 'segment'
    ? giveback.options
    : giveback.kind === 'priority'
      ? giveback.visits.map(({ option }) => option)
      : []

/** Options of a return that nobody can choose: not in the question, or all of them retired. */
function unknownOptions(options: readonly string[], { spec }: Question): string[] {
  const all = spec.type === 'yes_no' ? ['true', 'false'] : spec.options.map(({ id }) => id)
  const unknown = options.filter((id) => !all.includes(id))
  const offered = new Set(spec.options.filter(({ retired }) => !retired).map(({ id }) => id))
  const choosable = options.length === 0 || spec.type === 'yes_no' || options.some((id) => offered.has(id))
  return unknown.length > 0 || choosable ? unknown : [...options]
}

/** A badge is received at the visit after the one that made it. */
const badgeVerdict = (facts: BranchFacts, answers: number): GivebackVerdict =>
  facts.accountsSeenTwiceIn60Days > 0
    ? {
        working: true,
        evidence: { reps: facts.reps, answers, accountsSeenTwice: facts.accountsSeenTwiceIn60Days },
      }
    : refuse('GIVEBACK_NO_SECOND_VISIT', { reports: facts.reportsLast60Days })

/** Both sides of a comparison by outcome need their cases. */
const OUTCOME_ANSWERS_MIN = 2 * CASES_MIN

/**
 * With the territory above: five people who answer and eight answers, for reps who have such a territory. Where nobody
 * has one, or people are too few, the totals of one's own branch are compared by outcome, which takes twice the answers.
 */
function comparisonVerdict(facts: BranchFacts, answers: number): GivebackVerdict {
  const { reps, repsBelow, authorsLast60Days: people } = facts
  const enoughPeople = repsBelow > 0 && people >= GROUP_MIN
  if (enoughPeople && answers >= CASES_MIN) return { working: true, evidence: { reps, people, answers } }
  if (answers >= OUTCOME_ANSWERS_MIN) return { working: true, evidence: { reps, answers } }
  if (repsBelow > 0 && !enoughPeople) {
    return refuse('GIVEBACK_TOO_FEW_PEOPLE', {
      have: people,
      need: GROUP_MIN,
      answers,
      answersNeed: OUTCOME_ANSWERS_MIN,
    })
  }
  return refuse('GIVEBACK_TOO_FEW_ANSWERS', {
    have: answers,
    need: enoughPeople ? CASES_MIN : OUTCOME_ANSWERS_MIN,
  })
}

/** A segment serves when somebody of those asked can be written to or called. */
function segmentVerdict(entity: FieldEntity, facts: BranchFacts, answers: number): GivebackVerdict {
  const reachable = entity === 'contact' ? facts.contactsReachable : facts.accountsReachable
  return reachable > 0
    ? { working: true, evidence: { reps: facts.reps, answers, reachable } }
    : refuse('GIVEBACK_NOBODY_REACHABLE', { answers })
}
