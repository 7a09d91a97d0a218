'use client'
import type { Locale } from '@fieldback/i18n/locale'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTRPC } from '../../client/trpc.tsx'
import type { RoleDraft } from './role-draft.ts'

export type Invited = {
  readonly membershipId: string
  readonly email: string
  readonly displayName: string
  /** `mailed`: on its way; `failed`: to be sent again; the others were there already: come, never come, access withdrawn. */
  readonly outcome: 'mailed' | 'failed' | 'live' | 'invited' | 'revoked'
  /** Roles he did not hold already. */
  readonly roles: number
}

type Invitee = {
  readonly email: string
  readonly displayName: string
  readonly locale: Locale | null
  readonly roles: readonly RoleDraft[]
}

/** Invites one person, and says what became of it. */
export function useInvite() {
  const trpc = useTRPC()
  const client = useQueryClient()
  const mutation = useMutation(
    trpc.access.invite.mutationOptions({
      onSettled: () => client.invalidateQueries(trpc.access.people.pathFilter()),
    }),
  )
  const send = ({ roles, ...person }: Invitee, onDone: (invited: Invited) => void) => {
    const given = roles.flatMap(({ role, place, validFrom, validTo }) =>
      place ? [{ role, territoryId: place.id, validFrom, validTo: validTo || null }] : [],
    )
    mutation.mutate(
      { people: [{ ...person, roles: given }] },
      {
        onSuccess: ({ people: [made] }) => {
          if (!made) return
          const outcome = made.mailed ? 'mailed' : made.created ? 'failed' : made.standing
          onDone({
            membershipId: made.membershipId,
            email: made.email,
            displayName: made.displayName,
            outcome,
            roles: made.roles,
          })
        },
      },
    )
  }
  return { send, error: mutation.error, isPending: mutation.isPending }
}
