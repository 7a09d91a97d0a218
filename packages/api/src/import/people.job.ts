import { addMembers } from '@fieldback/db/access/membership.repo'
import { insertAssignments } from '@fieldback/db/assignment/assignment.repo'
import { inOrg, type OrgTx } from '@fieldback/db/client'
import { membersByEmail, uninvited } from '@fieldback/db/import/people.repo'
import { beat, type LineEffect, type Work, writeVerdicts } from '@fieldback/db/import/work.repo'
import { type PersonLine, planPeople, readPersonLine } from '@fieldback/domain/import/plan-people'
import { sendInvitations } from '../access/invitation.ts'
import { earlierOf } from './earlier.ts'
import { groundOf, scopedAs } from './records.job.ts'
import { type ImportDeps, type Stop, throughLines } from './work.ts'

/** Tries or runs a file of people. False when stopped. */
export async function throughPeople(deps: ImportDeps, work: Work, stop: Stop): Promise<boolean> {
  const { territories, day } = await groundOf(deps, work)
  const rootId = [...territories.byId.values()].find(({ parentId }) => parentId === null)?.id ?? null
  const reading = { mapping: work.mapping, columns: work.columns.length, territories, rootId, day }
  return throughLines(deps, work, stop, async (tx, staged) => {
    const lines = staged.map((line) => readPersonLine(line, reading))
    const emails = [...new Set(lines.map(({ email }) => email))].filter((email) => email !== '')
    const members = await membersByEmail(tx, work.orgId, emails, day)
    const plan = planPeople(members, await earlierOf(tx, work, lines), lines)
    const did = work.state === 'importing' ? await addAll(deps, tx, { work, day, lines: plan.toAdd }) : null
    await writeVerdicts(
      tx,
      work,
      plan.verdicts.map((verdict) => {
        const done = did?.get(verdict.line)
        return { ...verdict, recordId: done?.membershipId ?? verdict.recordId, effect: done?.effect ?? null }
      }),
    )
    return plan.verdicts
  })
}

type Adding = { readonly work: Work; readonly day: string; readonly lines: readonly PersonLine[] }
type Did = ReadonlyMap<number, { readonly membershipId: string; readonly effect: LineEffect }>

/** Adds people and their roles; a role that somebody was given meanwhile is not given twice. */
async function addAll(deps: ImportDeps, tx: OrgTx, { work, day, lines }: Adding): Promise<Did> {
  const byEmail = new Map([...lines].reverse().map((line) => [line.email, line]))
  const joined = await addMembers(tx, work.orgId, [...byEmail.values()], deps.newId)
  const memberOf = new Map(joined.map((member) => [member.email, member]))
  const roles = lines.flatMap(({ line, email, role }) => {
    const membershipId = memberOf.get(email)?.membershipId
    return role && membershipId ? [{ line, id: deps.newId(), membershipId, ...role }] : []
  })
  const given = await insertAssignments(
    scopedAs(tx, work, day),
    roles.map(({ line, ...row }) => row),
  )
  const roleOf = new Map(roles.flatMap(({ line, id }) => (given.has(id) ? [[line, id] as const] : [])))
  return new Map(
    lines.flatMap(({ line, email }) => {
      const member = memberOf.get(email)
      if (!member) return []
      // The first of several lines about somebody is the one that made him a member.
      const created = member.created && byEmail.get(email)?.line === line
      return [
        [
          line,
          { membershipId: member.membershipId, effect: { created, assignmentId: roleOf.get(line) ?? null } },
        ],
      ]
    }),
  )
}

const INVITED_AT_ONCE = 50

/**
 * Invites those whom the import made members, each once however often it is taken up again. An address that refuses its
 * mail is passed over: it can be invited again by hand. False when stopped.
 */
export async function inviteAll(deps: ImportDeps, work: Work, stop: Stop): Promise<boolean> {
  let after: string | null = null
  do {
    if (stop?.aborted) return false
    const membershipIds: string[] = await nextUninvited(deps, work, after)
    await sendInvitations(deps, { orgId: work.orgId, membershipIds })
    after = membershipIds.at(-1) ?? null
  } while (after !== null)
  return true
}

const nextUninvited = ({ db }: ImportDeps, work: Work, after: string | null): Promise<string[]> =>
  inOrg(db, work.orgId, async (tx) => {
    await beat(tx, work)
    return uninvited(tx, work, after, INVITED_AT_ONCE)
  })
