import { hasNoteSince, notesToReader } from '@fieldback/db/coaching/coaching.repo'
import { findDigests } from '@fieldback/db/coaching/digest.repo'
import { pullContests } from '@fieldback/db/contest/pulled-contests'
import { conversionsOf } from '@fieldback/db/field/conversion.repo'
import { findOwnOpinions } from '@fieldback/db/giveback/opinion.repo'
import { loadPack } from '@fieldback/db/giveback/pack.repo'
import { pullItems } from '@fieldback/db/list/pulled-items'
import {
  hasObjectiveSince,
  objectivesToReader,
  refusalsToReader,
} from '@fieldback/db/objective/objective.repo'
import { usersOfOwn } from '@fieldback/db/report/use.repo'
import { hiddenTextFields, type ScopedSql } from '@fieldback/db/scoped-db'
import { countRows } from '@fieldback/db/sync/first-part.repo'
import { keepFieldSets, loadFrame } from '@fieldback/db/sync/frame.repo'
import {
  findHorizon,
  HOMES_A_PAGE,
  type Position,
  type PulledRow,
  pullHistory,
  pullRows,
  pullVisited,
  type Readable,
  START,
} from '@fieldback/db/sync/pull.repo'
import { hasArrangementSince, toldArrangements } from '@fieldback/db/territory/arrangement.repo'
import { branchesWith } from '@fieldback/domain/access/scope'
import { withoutHidden } from '@fieldback/domain/access/visible-text'
import type { ToldDigest } from '@fieldback/domain/coaching/digest'
import { readConverted } from '@fieldback/domain/field/conversion'
import type { ToldObjective } from '@fieldback/domain/objective/objective'
import { PROTOCOL } from '@fieldback/domain/sync/operation'
import type { Frame, PullPage, ReturnPack } from '@fieldback/domain/sync/pull'
import { isWithin } from '@fieldback/domain/territory/path'
import { ownHandovers } from '../account/handover.ts'
import { ownInsights } from '../insight/list.ts'
import type { Me } from '../open-session.ts'
import { canonicalHash } from './canonical-hash.ts'
import { type Cursor, readCursor, writeCursor } from './cursor.ts'
import { pullFirstPart } from './first-part.ts'
import { normalisePhone } from './normalise-phone.ts'

export type PullRequest = {
  readonly cursor: string | null
  readonly frameTag: string | null
  /** Instant of the pack the phone holds. */
  readonly packAsOf: string | null
  /** Of the contests that the phone holds; null on one that holds none. */
  readonly contestsTag: string | null
  /** Of the opinions that the phone holds. */
  readonly opinionsTag: string | null
  readonly keepsLists: boolean
}

const ROWS_A_PAGE = 2_000
const ITEMS_A_PAGE = 2_000
/** Reports older than this stay on the server. */
const HISTORY_DAYS = 400
const PACK_MINUTES = 10
/** Notes of managers that a phone holds, and for how long since anything was done with one. */
const NOTES_MOST = 50
const NOTES_DAYS = 90
const OBJECTIVES_MOST = 40
const REFUSALS_MOST = 500
/** What became of sub-sectors, and for how long it is told. */
const ARRANGEMENTS_MOST = 20
const ARRANGEMENTS_DAYS = 30
/** Answers to contests older than this stay on the server. */
const ANSWERED_DAYS = 90

const daysBefore = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) - days * 86_400_000).toISOString().slice(0, 10)

/**
 * One page of what changed in the reader's branches since his cursor, in the order of commits. A changed scope or a
 * restored database starts again, with the accounts of the day when all does not fit one page; an account that entered
 * brings its history, one that left is named, and one that was visited comes with the report.
 */
export async function pull(sdb: ScopedSql, me: Me, request: PullRequest, now: Date): Promise<PullPage> {
  const { scope } = sdb
  const { horizon, epoch, moves, absentIds, keptFrom } = await findHorizon(sdb)
  const branches = branchesWith(scope, 'report.create')
  // A moved branch came or went with accounts that did not change themselves: another scope, told as such.
  const conversions = (await conversionsOf(sdb.tx, scope.orgId)).filter(({ live }) => live)
  // A question of another type: what was answered before it is told anew, converted.
  const retyped = conversions
    .filter(({ path }) => branches.some((branch) => isWithin(branch, path) || isWithin(path, branch)))
    .map(({ fieldId }) => fieldId)
  const scopeHash = canonicalHash([
    scope.membershipId,
    branches,
    ...(moves > 0 ? [moves] : []),
    ...(retyped.length > 0 ? [retyped] : []),
    // Whose call-backs are told changes with who is away.
    ...(absentIds.length > 0 ? [absentIds] : []),
  ]).slice(0, 22)
  const known = readCursor(request.cursor)
  const valid = known !== null && known.epoch === epoch && known.scope === scopeHash
  const from: Cursor = valid ? known : { ...START, epoch, scope: scopeHash, homesFrom: horizon }

  const since = daysBefore(scope.day, HISTORY_DAYS)
  const hidden = await hiddenTextFields(sdb)
  const readable: Readable = (entity, values) =>
    withoutHidden(readConverted(conversions, entity, values, normalisePhone), hidden)
  const total = valid ? 0 : await countRows(sdb, since)
  const told = { since, assignees: [scope.membershipId, ...absentIds] }
  const first = total > ROWS_A_PAGE ? await pullFirstPart(sdb, told, readable) : null
  const span = { after: from, horizon, homesFrom: from.homesFrom, limit: ROWS_A_PAGE, ...told }
  const rows = first ? [] : await pullRows(sdb, span, readable)
  const page = rows.slice(0, pageEnd(rows))
  const homeCount = page.filter((item) => item.of === 'home').length
  const isFull = page.length < rows.length || page.length >= ROWS_A_PAGE || homeCount >= HOMES_A_PAGE
  const moreRows = first !== null || isFull
  const last = page.at(-1)?.at ?? { xid: from.xid, seq: from.seq }
  const homes = page.flatMap((item) => (item.of === 'home' ? [item.row] : []))
  const entered = homes.filter((home) => home.entered).map((home) => home.accountId)
  const history = await pullHistory(sdb, entered, told, readable)
  const visited = await pullVisited(sdb, { page, homesFrom: from.homesFrom }, readable)
  const frame = await loadFrame(sdb)
  const frameTag = canonicalHash(frame).slice(0, 22)
  const changed = frameTag !== request.frameTag || !valid
  if (changed) await keepFieldSets(sdb, frame)
  const lists = request.keepsLists
    ? await changedLists(sdb, frame, { from: from.lists ?? {}, horizon })
    : null
  const more = moreRows || (lists?.more ?? false)

  return {
    protocol: PROTOCOL,
    cursor: writeCursor({ ...from, ...last, lists: lists?.at, keptFrom: keptFrom ?? undefined }),
    more,
    reset: !valid,
    epoch,
    serverTime: now.toISOString(),
    me: {
      orgId: scope.orgId,
      membershipId: scope.membershipId,
      locale: me.locale,
      displayName: me.displayName,
      territoryIds: scope.grants.map((grant) => grant.territoryId),
    },
    ...rowsByKind([...(first ?? []), ...page, ...history, ...visited]),
    left: homes.filter((home) => !home.entered).map((home) => home.accountId),
    gone: page.flatMap((item) => (item.of === 'gone' ? [item.row.contactId] : [])),
    ...(keptFrom !== null && keptFrom !== from.keptFrom ? { keptFrom } : {}),
    frameTag,
    frame: changed ? frame : null,
    lists: lists?.changed ?? [],
    contests: more ? null : await freshContests(sdb, frame, request.contestsTag),
    opinions: more ? null : await freshOpinions(sdb, request.opinionsTag),
    pack: more
      ? null
      : await freshPack(sdb, frame, homes.length > 0 || !valid ? null : request.packAsOf, now),
    ...(first ? { total } : {}),
  }
}

type Lists = {
  readonly changed: NonNullable<PullPage['lists']>
  readonly at: Readonly<Record<string, Position>>
  readonly more: boolean
}

/**
 * What changed in the lists that the reader's questions name, each from where the phone is in it: one that a question
 * has just begun to name comes whole, one that none names any more is forgotten.
 */
async function changedLists(
  sdb: ScopedSql,
  frame: Frame,
  { from, horizon }: { readonly from: Readonly<Record<string, Position>>; readonly horizon: string },
): Promise<Lists> {
  const used = [...new Set([...frame.fields, ...frame.pastFields].flatMap(({ spec }) => spec.list ?? []))]
  const territoryIds = frame.territories.map(({ id }) => id)
  const changed: NonNullable<PullPage['lists']>[number][] = []
  const at: Record<string, Position> = {}
  let room = ITEMS_A_PAGE
  for (const id of used.toSorted()) {
    const after = from[id] ?? START
    const found =
      room > 0 ? await pullItems(sdb, { listId: id, after, horizon, territoryIds, limit: room }) : null
    at[id] = found?.at ?? after
    room -= found?.items.length ?? 0
    if (found && found.items.length > 0) changed.push({ id, items: found.items })
  }
  return { changed, at, more: room <= 0 }
}

/** A page ends at its size, or at the last home change when those were read to their own limit. */
function pageEnd(rows: readonly PulledRow[]): number {
  const homes = rows.flatMap((item, index) => (item.of === 'home' ? [index] : []))
  const full = homes[HOMES_A_PAGE - 1]
  return Math.min(ROWS_A_PAGE, full === undefined ? rows.length : full + 1)
}

function rowsByKind(
  items: readonly PulledRow[],
): Pick<PullPage, 'accounts' | 'contacts' | 'reports' | 'callbacks'> {
  return {
    accounts: items.flatMap((item) => (item.of === 'account' ? [item.row] : [])),
    contacts: items.flatMap((item) => (item.of === 'contact' ? [item.row] : [])),
    reports: items.flatMap((item) => (item.of === 'report' ? [item.row] : [])),
    callbacks: items.flatMap((item) => (item.of === 'callback' ? [item.row] : [])),
  }
}

/** What is contested on the reader's paths, unless the phone holds just that. */
async function freshContests(sdb: ScopedSql, frame: Frame, tag: string | null) {
  const since = new Date(`${daysBefore(sdb.scope.day, ANSWERED_DAYS)}T00:00:00Z`)
  const held = await pullContests(
    sdb,
    frame.fields.map(({ id }) => id),
    since,
  )
  const now = canonicalHash(held).slice(0, 22)
  return now === tag ? null : { tag: now, held }
}

/** What the reader thinks of what comes back, unless the phone holds just that. */
async function freshOpinions(sdb: ScopedSql, tag: string | null) {
  const held = await findOwnOpinions(sdb)
  const now = canonicalHash(held).slice(0, 22)
  return now === tag ? null : { tag: now, held }
}

/**
 * The figures for comparing with what is told to the reader alone, unless those of the phone (null: what it holds does not
 * count) are a few minutes old at most and nothing was said to him since.
 */
async function freshPack(
  sdb: ScopedSql,
  frame: Frame,
  held: string | null,
  now: Date,
): Promise<ReturnPack | null> {
  const isFresh = held !== null && now.getTime() - Date.parse(held) < PACK_MINUTES * 60_000
  if (isFresh && !(await isTold(sdb, new Date(held)))) return null
  const since = `${daysBefore(sdb.scope.day, 365).slice(0, 7)}-01`
  return {
    ...(await loadPack(sdb, frame, since, now.toISOString())),
    insights: await ownInsights(sdb),
    users: await usersOfOwn(sdb),
    notes: await notesToReader(
      sdb,
      new Date(`${daysBefore(sdb.scope.day, NOTES_DAYS)}T00:00:00Z`),
      NOTES_MOST,
    ),
    digests: await ownDigests(sdb),
    handovers: await ownHandovers(sdb),
    objectives: await ownObjectives(sdb),
    arrangements: await toldArrangements(
      sdb,
      ownPlaces(sdb),
      new Date(`${daysBefore(sdb.scope.day, ARRANGEMENTS_DAYS)}T00:00:00Z`),
      ARRANGEMENTS_MOST,
    ),
  }
}

const ownPlaces = ({ scope }: ScopedSql): string[] => scope.grants.map(({ territoryId }) => territoryId)

/** Whether somebody wrote to the reader, or asked something of his accounts, or his sub-sectors changed. */
const isTold = async (sdb: ScopedSql, since: Date): Promise<boolean> =>
  (await hasNoteSince(sdb, since)) ||
  (await hasObjectiveSince(sdb, since)) ||
  (await hasArrangementSince(sdb, ownPlaces(sdb), since))

/** What is asked of the reader's accounts, with what somebody does not take on. */
async function ownObjectives(sdb: ScopedSql): Promise<ToldObjective[]> {
  const objectives = await objectivesToReader(sdb, OBJECTIVES_MOST)
  const ids = objectives.map(({ id }) => id)
  const refusals = await refusalsToReader(sdb, ids, REFUSALS_MOST)
  return objectives.map((objective) => ({
    ...objective,
    refused: refusals.flatMap(({ objectiveId, ...refusal }) =>
      objectiveId === objective.id ? [refusal] : [],
    ),
  }))
}

/** What managers read of the territories where the reader reports: he reads it too. */
async function ownDigests(sdb: ScopedSql): Promise<ToldDigest[]> {
  const own = sdb.scope.grants.filter(({ role }) => role === 'rep').map(({ territoryId }) => territoryId)
  const found = await findDigests(sdb, own, 'month')
  return found.map(({ territoryId, since, counts }) => {
    const { known = 0, clients = 0, promised = 0, kept = 0, calledBack = 0 } = counts
    return { territoryId, since, counts: { known, clients, promised, kept, calledBack } }
  })
}
