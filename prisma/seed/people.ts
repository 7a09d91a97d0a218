import type { Role } from '@fieldback/domain/access/permissions'
import { nameKey } from '@fieldback/domain/account/normalise'
import type { Day } from '@fieldback/domain/agenda/day'
import { DEMO_ACCOUNTS } from './demo-accounts.ts'
import type { France, Territory } from './france.ts'
import { accentOf, personName } from './person-names.ts'
import { MANAGED, PAYS_BASQUE, POSTS, type Post } from './posts.ts'
import type { Random } from './random.ts'
import { FOUNDED, frenchInstant } from './working-days.ts'

/** Somebody of an organisation with the one role he holds there. */
export type Member = {
  readonly personId: string
  readonly membershipId: string
  readonly assignmentId: string
  readonly name: string
  readonly email: string
  readonly role: Role
  readonly at: Territory
  readonly since: Day
}

/** A post with the reps who hold it, at the territory they are assigned to. */
export type Team = { readonly post: Post; readonly at: Territory; readonly reps: readonly Member[] }

export type Staff = { readonly members: readonly Member[]; readonly teams: readonly Team[] }

type Joining = Pick<Member, 'name' | 'email' | 'role' | 'at'> & Partial<Pick<Member, 'personId' | 'since'>>

/** Gives somebody his ids; `personId` when he is known from another organisation, `since` when he came later. */
export function joined(random: Random, { personId, since = FOUNDED, ...known }: Joining): Member {
  const instant = frenchInstant(since, 500)
  return {
    ...known,
    since,
    personId: personId ?? random.uuid(instant),
    membershipId: random.uuid(instant),
    assignmentId: random.uuid(instant),
  }
}

/** The 60 reps, their managers, and those who sign in with the printed password. */
export function hire(random: Random, map: France): Staff {
  const taken = new Set<string>(Object.values(DEMO_ACCOUNTS).map(({ name }) => nameKey(name)))
  const newcomer = (role: Role, at: Territory, place: { department: string; basque: boolean }): Member => {
    for (;;) {
      const { firstName, lastName, local } = personName(random, accentOf(place.department, place.basque))
      // The team of Pays Basque is of the place.
      if (place.basque && !local) continue
      const name = `${firstName} ${lastName}`
      const key = nameKey(name)
      if (taken.has(key)) continue
      taken.add(key)
      return joined(random, { name, email: `${mailbox(firstName, lastName)}@demo.fieldback.test`, role, at })
    }
  }
  const known = (who: 'rep' | 'local' | 'regional' | 'hq' | 'admin', at: Territory): Member => {
    const { name, email, role } = DEMO_ACCOUNTS[who]
    return joined(random, { name, email, role, at })
  }

  const country = map.at(0, 'FR')
  const management = [
    known('admin', country),
    known('hq', country),
    known('regional', map.at(1, '75')),
    known('local', map.at(2, '64')),
    ...MANAGED.map(([rank, code]) =>
      newcomer('manager', map.at(rank, code), { department: rank === 2 ? code : '', basque: false }),
    ),
  ]
  const teams = POSTS.map((post): Team => {
    const basque = post.sector === PAYS_BASQUE
    const at = post.sector === null ? map.at(2, post.department) : map.at(3, post.sector)
    const reps = Array.from({ length: post.reps }, (_, index) =>
      basque && index === 0 ? known('rep', at) : newcomer('rep', at, { department: post.department, basque }),
    )
    return { post, at, reps }
  })
  return { members: [...management, ...teams.flatMap(({ reps }) => reps)], teams }
}

/** The part of an address before the @: "Le Goff" is "le-goff". */
export const mailbox = (firstName: string, lastName: string): string =>
  [firstName, lastName].map((name) => nameKey(name).replaceAll(' ', '-')).join('.')
