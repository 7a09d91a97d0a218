import type { AppRouter } from '@fieldback/api/root'
import type { inferRouterOutputs } from '@trpc/server'

export type Invited = inferRouterOutputs<AppRouter>['access']['invite']['people'][number]

export type Told = {
  /** Invitations that have left. */
  readonly sent: number
  /** People who were there already, and were given a role. */
  readonly added: number
  /** People who were there already, and held it. */
  readonly held: number
  /** Addresses of new people to whom nothing has left. */
  readonly unsent: readonly string[]
  /** Addresses of those whose access was withdrawn: a role does not let them in. */
  readonly withdrawn: readonly string[]
}

/** What became of the people who were invited together. */
export function tell(people: readonly Invited[]): Told {
  const there = people.filter(({ created }) => !created)
  const may = there.filter(({ standing }) => standing !== 'revoked')
  const emails = (some: readonly Invited[]) => some.map(({ email }) => email)
  return {
    sent: people.filter(({ mailed }) => mailed).length,
    added: may.filter(({ roles }) => roles > 0).length,
    held: may.filter(({ roles }) => roles === 0).length,
    unsent: emails(people.filter(({ created, mailed }) => created && !mailed)),
    withdrawn: emails(there.filter(({ standing }) => standing === 'revoked')),
  }
}
