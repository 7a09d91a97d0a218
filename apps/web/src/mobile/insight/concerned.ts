import { bucketsOf } from '@fieldback/domain/analytics/bucket'
import { pathTo } from '@fieldback/domain/giveback/local-rows'
import { NAMED_MOST } from '@fieldback/domain/insight/insight'
import type { ToldInsight } from '@fieldback/domain/insight/told'
import type { AccountRow } from '@fieldback/domain/sync/pull'
import type { PhoneState } from '../data/store.ts'
import { fieldsAt } from '../phone.tsx'

type Held = Pick<PhoneState, 'frame'> & { readonly rows: Pick<PhoneState['rows'], 'accounts' | 'contacts'> }

/**
 * The accounts that an insight is about, of those that this phone holds: the others could not be opened. Prospects that look
 * like won accounts are looked for here: of a whole country's, the server names few of this sector.
 */
export function concerned(told: ToldInsight, state: Held): AccountRow[] {
  const { accounts } = state.rows
  if (told.kind !== 'lookalike') return told.accounts.flatMap(({ id }) => accounts.get(id) ?? [])
  const asked = new Map<string, (account: AccountRow) => boolean>()
  return [...accounts.values()]
    .filter((account) => {
      const { kind, territoryId } = account
      if (kind !== 'prospect') return false
      const answers = asked.get(territoryId) ?? answersAs(told, state, territoryId)
      asked.set(territoryId, answers)
      return answers(account)
    })
    .sort((a, b) => ((a.lastVisitDay ?? '') < (b.lastVisitDay ?? '') ? -1 : 1))
    .slice(0, NAMED_MOST)
}

/** Whether an account of a home, or a contact of it, answers what is told, where that is asked and told. */
function answersAs(
  { question, bucket, place }: ToldInsight,
  state: Held,
  territoryId: string,
): (account: AccountRow) => boolean {
  const path = pathTo(territoryId, state.frame.territories)
  const entity = question?.entity ?? 'account'
  const field = fieldsAt(state, territoryId, entity).find(({ id }) => id === question?.id)
  if (!field || !path.some(({ id }) => id === place.id)) return () => false
  const answers = ({ values }: Pick<AccountRow, 'values'>) =>
    bucketsOf(field.spec, values[field.id]?.x).some((one) => one.bucket === bucket)
  if (entity !== 'contact') return answers
  const by = new Set(
    [...state.rows.contacts.values()].flatMap((one) => (answers(one) ? [one.accountId] : [])),
  )
  return ({ id }) => by.has(id)
}
