import { holdersOf } from '@fieldback/db/assignment/assignment.repo'
import {
  type AnsweredQuestion,
  answeredOn,
  type ContestedQuestion,
  contestedAround,
} from '@fieldback/db/contest/contest.repo'
import { requireTerritory, type ScopedDb } from '@fieldback/db/scoped-db'
import { verdictAt } from '@fieldback/domain/access/scope'
import { addDays, type Day, dayNumber } from '@fieldback/domain/agenda/day'
import {
  CONTEST_LATE_DAYS,
  CONTEST_REASONS,
  type ContestAnswerKind,
  type ContestReason,
} from '@fieldback/domain/contest/contest'
import { mayReadWords, wordShown } from '@fieldback/domain/contest/may-read-words'
import type { Localised } from '@fieldback/domain/field/field-spec'
import type { TerritoryRow } from '@fieldback/domain/sync/pull'
import { isWithin } from '@fieldback/domain/territory/path'
import type { Rank } from '@fieldback/domain/territory/rank'
import type { Me } from '../open-session.ts'
import { localDay } from '../open-session.ts'

type Owner = { readonly id: string; readonly name: string; readonly rank: Rank }

/** A question that somebody contests and nobody answered yet. Never who. */
export type WaitingContest = {
  readonly fieldId: string
  readonly version: number
  readonly label: Localised
  readonly retired: boolean
  readonly owner: Owner
  /** One contest is one person. */
  readonly people: number
  readonly reasons: readonly { readonly reason: ContestReason; readonly n: number }[]
  /** In no order that tells who wrote first. */
  readonly words: readonly string[]
  /** Words kept back: fewer than five people could have written them. */
  readonly wordsKept: number
  /** Of the oldest. */
  readonly days: number
  /** What an answer is given to; empty for a reader who may not answer. */
  readonly contestIds: readonly string[]
}

export type AnsweredContest = {
  readonly id: string
  readonly label: Localised
  readonly owner: Owner
  readonly kind: ContestAnswerKind
  readonly reason: string | null
  readonly day: Day
  readonly people: number
}

export type ContestsHere = {
  /** Owned by the territory. */
  readonly toAnswer: readonly WaitingContest[]
  /** Asked here from above. */
  readonly above: readonly WaitingContest[]
  /** Of the level below, without an answer for a while: counts, no words. */
  readonly late: readonly WaitingContest[]
  /** Lately, about questions asked here; latest first. */
  readonly answered: readonly AnsweredContest[]
}

/** Contests that one answer takes at once. */
export const CONTESTS_MOST = 2_000
const WORDS_MOST = 100
const ANSWERS_MOST = 20
const ANSWERED_DAYS = 90

/** What is contested at a territory, on the levels above whose questions it is asked, and for long on the one below. */
export async function readContests(
  sdb: ScopedDb,
  territoryId: string,
  me: Pick<Me, 'timeZone'>,
): Promise<ContestsHere> {
  const territory = await requireTerritory(sdb, 'field.read', territoryId)
  const questions = await contestedAround(sdb, territory)
  const repsOf = await repCounter(sdb, questions)
  const waiting = questions.map((question) => waitingOf(sdb, question, { me, reps: repsOf(question.owner) }))
  const onPath = waiting.filter((_, at) => isWithin(questions[at]?.owner.path ?? '', territory.path))
  const since = new Date(`${addDays(sdb.scope.day, -ANSWERED_DAYS)}T00:00:00Z`)
  const answered = await answeredOn(sdb, territory.path, since, ANSWERS_MOST)
  return {
    toAnswer: onPath.filter(({ owner }) => owner.id === territory.id),
    above: onPath.filter(({ owner }) => owner.id !== territory.id),
    late: waiting.filter((one) => !onPath.includes(one) && one.days >= CONTEST_LATE_DAYS),
    answered: answered.map((answer) => answeredOf(answer, me)),
  }
}

/** Counts the reps of a branch, read once from the topmost owner down. */
async function repCounter(sdb: ScopedDb, questions: readonly ContestedQuestion[]) {
  const kept = questions.filter(({ contests }) =>
    contests.some(({ word, openly }) => word !== null && !openly),
  )
  const top = kept.map(({ owner }) => owner.path).sort((a, b) => a.length - b.length)[0]
  const reps = top === undefined ? [] : await holdersOf(sdb, top, ['rep'])
  return (owner: TerritoryRow): number =>
    new Set(reps.filter(({ path }) => isWithin(owner.path, path)).map(({ membershipId }) => membershipId))
      .size
}

function waitingOf(
  { scope }: ScopedDb,
  { contests, owner, ...question }: ContestedQuestion,
  { me, reps }: { readonly me: Pick<Me, 'timeZone'>; readonly reps: number },
): WaitingContest {
  const worded = mayReadWords(scope, owner.path) ? contests.filter(({ word }) => word !== null) : []
  const shown = worded.filter((contest) => wordShown(contest, reps))
  const [oldest] = contests
  const mayAnswer = verdictAt(scope, 'field.define', owner).allowed
  return {
    ...question,
    owner: ownerOf(owner),
    people: contests.length,
    reasons: CONTEST_REASONS.map((reason) => ({
      reason,
      n: contests.filter((contest) => contest.reason === reason).length,
    })).filter(({ n }) => n > 0),
    words: shown
      .map(({ word }) => word ?? '')
      .sort()
      .slice(0, WORDS_MOST),
    wordsKept: worded.length - shown.length,
    days: oldest ? dayNumber(scope.day) - dayNumber(localDay(me.timeZone, new Date(oldest.openedAt))) : 0,
    contestIds: mayAnswer ? contests.map(({ id }) => id).slice(0, CONTESTS_MOST) : [],
  }
}

const ownerOf = ({ id, name, rank }: TerritoryRow): Owner => ({ id, name, rank })

const answeredOf = (
  { id, label, owner, kind, reason, answeredAt, people }: AnsweredQuestion,
  me: Pick<Me, 'timeZone'>,
): AnsweredContest => ({
  id,
  label,
  owner: ownerOf(owner),
  kind,
  reason,
  day: localDay(me.timeZone, new Date(answeredAt)),
  people,
})
