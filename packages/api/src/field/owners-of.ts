import { findInvitees } from '@fieldback/db/access/invitation.repo'
import type { OrgTx } from '@fieldback/db/client'
import { unsafeHoldersAt } from '@fieldback/db/waste/sunset.repo'
import { ROLE_PERMISSIONS, ROLES } from '@fieldback/domain/access/permissions'
import type { Day } from '@fieldback/domain/agenda/day'
import { type Path, pathIds } from '@fieldback/domain/territory/path'

/** Roles whose holders own the questions of their territory. */
const OWNERS = ROLES.filter((role) => ROLE_PERMISSIONS[role].includes('field.define'))

type Owned = { readonly path: Path }
type Invitees = Awaited<ReturnType<typeof findInvitees>>
export type Owner<Field> = Pick<Invitees, 'orgName' | 'orgLocale' | 'timeZone'> & {
  readonly to: Invitees['invitees'][number]
  readonly fields: readonly Field[]
}

/** Whom to tell of some questions, each person with his own: those of their territory, or of the closest above that has one. */
export async function ownersOf<Field extends Owned>(
  tx: OrgTx,
  orgId: string,
  fields: readonly Field[],
  day: Day,
): Promise<Owner<Field>[]> {
  const holders = await unsafeHoldersAt(tx, orgId, {
    territoryIds: [...new Set(fields.flatMap(({ path }) => pathIds(path)))],
    roles: OWNERS,
    day,
  })
  const tell = ({ path }: Field): string[] => {
    const at = pathIds(path).findLast((id) => holders.some(({ territoryId }) => territoryId === id))
    return holders.filter(({ territoryId }) => territoryId === at).map(({ membershipId }) => membershipId)
  }
  const { invitees, ...sender } = await findInvitees(tx, orgId, [...new Set(fields.flatMap(tell))])
  return invitees.map((to) => ({
    ...sender,
    to,
    fields: fields.filter((field) => tell(field).includes(to.membershipId)),
  }))
}
