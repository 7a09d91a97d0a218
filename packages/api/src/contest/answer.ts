import { writeAudit } from '@fieldback/db/audit/audit.repo'
import { answerContests } from '@fieldback/db/contest/contest.repo'
import { findField } from '@fieldback/db/field/field.repo'
import type { ScopedDb } from '@fieldback/db/scoped-db'
import { verdictAt } from '@fieldback/domain/access/scope'
import type { ContestAnswerKind } from '@fieldback/domain/contest/contest'
import { FieldbackError } from '@fieldback/domain/errors'
import { retire } from '../field/publish.ts'

export type AnswerRequest = {
  readonly fieldId: string
  /** Those the answerer read: what came in meanwhile waits for an answer of its own. */
  readonly contestIds: readonly string[]
  readonly kind: ContestAnswerKind
  readonly reason: string | null
}

/**
 * The owner's answer to those who contest a question: it stays, it will change, or it is no longer asked, which is done
 * here. NOT_FOUND, FORBIDDEN; CONFLICT when none of them waits any more.
 */
export async function answer(
  sdb: ScopedDb,
  { fieldId, contestIds, kind, reason }: AnswerRequest,
  runtime: { readonly now: () => Date; readonly newId: () => string },
): Promise<{ readonly people: number }> {
  const { definition, owner } = await findField(sdb, fieldId)
  const verdict = verdictAt(sdb.scope, 'field.define', owner)
  if (!verdict.allowed)
    throw new FieldbackError('FORBIDDEN', { reason: verdict.reason, permission: 'field.define' })
  const { key, version, territoryId } = definition
  const answerId = runtime.newId()
  const people = await answerContests(
    sdb,
    { id: answerId, fieldId, fieldVersion: version, kind, reason, at: runtime.now() },
    contestIds,
  )
  if (people === 0) throw new FieldbackError('CONFLICT', { what: 'contest' })
  if (kind === 'retire') await retire(sdb, fieldId, runtime)
  await writeAudit(sdb, {
    id: runtime.newId(),
    action: 'contest.answer',
    subjectId: fieldId,
    detail: { key, version, territoryId, to: kind, answerId, count: people },
  })
  return { people }
}
