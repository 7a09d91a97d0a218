import type { Handover } from '@fieldback/domain/account/handover'
import type { PhoneState } from '../data/store.ts'

type Held = Pick<PhoneState, 'pack' | 'outbox' | 'rows' | 'identity'>

/**
 * Accounts that came to the reader and that he has neither visited nor put away: what the server sent, without those of
 * which he did either here since.
 */
export function cameToMe({ pack, outbox, rows, identity }: Held): Handover[] {
  const { came = [] } = pack.handovers ?? {}
  if (came.length === 0) return []
  const done = new Map<string, string>()
  const note = (accountId: string, day: string) => {
    if (day > (done.get(accountId) ?? '')) done.set(accountId, day)
  }
  for (const { authorId, accountId, day, kind, status } of rows.reports.values())
    if (authorId === identity.membershipId && kind === 'visit' && status !== 'withdrawn') note(accountId, day)
  for (const { operation, state, savedAt } of outbox)
    if (operation.kind === 'handover.dismiss' && state !== 'aside')
      note(operation.body.accountId, savedAt.slice(0, 10))
  return came.filter(
    ({ accountId, since }) => rows.accounts.has(accountId) && (done.get(accountId) ?? '') < since,
  )
}

/** What the reader wants to pass on of an account: what the server sent, with what he wrote here since on top. */
export function ownPassingNote(
  { pack, outbox }: Pick<PhoneState, 'pack' | 'outbox'>,
  accountId: string,
): string {
  const told = pack.handovers?.own.find((one) => one.accountId === accountId)?.text ?? ''
  return outbox.reduce((text, { operation, state, answeredAt }) => {
    if (operation.kind !== 'handover.note' || operation.body.accountId !== accountId) return text
    const known = state === 'aside' || (state === 'accepted' && (answeredAt ?? '') <= pack.asOf)
    return known ? text : (operation.body.text ?? '')
  }, told)
}
