import { type MembershipChoice, membershipsOf } from '@fieldback/db/identity/identity.repo'
import { container } from './container.ts'

/** The organisations a person may enter, before he stands in one. */
export const organisationsOf = (personId: string): Promise<MembershipChoice[]> =>
  membershipsOf(container().deps.db, personId)
