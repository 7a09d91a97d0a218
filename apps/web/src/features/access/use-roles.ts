'use client'
import { addDays } from '@fieldback/domain/agenda/day'
import { useToast } from '@fieldback/ui/toast'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useMember } from '../../client/member.tsx'
import { useTRPC } from '../../client/trpc.tsx'
import type { HeldRole } from './access-rows.ts'
import type { RoleDraft } from './role-draft.ts'

/** What changes when a role does: the person, the list, and who is told to be where. */
function useRefresh(): () => Promise<void> {
  const trpc = useTRPC()
  const client = useQueryClient()
  return async () => {
    await client.invalidateQueries(trpc.access.pathFilter())
    await client.invalidateQueries(trpc.assignment.pathFilter())
  }
}

/** Ends a role today (one to come is called off) or on another day, and offers to take it back. */
export function useRoles() {
  const text = useTranslations('accessDesk')
  const access = useTranslations('access')
  const toast = useToast()
  const { day } = useMember()
  const onSettled = useRefresh()
  const change = useMutation(useTRPC().assignment.end.mutationOptions({ onSettled }))
  const set = (
    held: HeldRole,
    lastDay: string | null,
    said: 'person.ended' | 'person.calledOff' | 'person.lastDaySet',
    onDone?: () => void,
  ) =>
    change.mutate(
      { assignmentId: held.id, lastDay, known: held.validTo },
      {
        onSuccess: ({ previous }) => {
          onDone?.()
          toast({
            text: text(said, { role: access(`role.${held.role}`), place: held.territory }),
            undo: {
              label: text('people.undo'),
              onUndo: () => change.mutate({ assignmentId: held.id, lastDay: previous, known: lastDay }),
            },
          })
        },
      },
    )
  return {
    error: change.error,
    end: (held: HeldRole) => {
      const later = held.validFrom > day
      set(held, later ? addDays(held.validFrom, -1) : day, later ? 'person.calledOff' : 'person.ended')
    },
    setLastDay: (held: HeldRole, lastDay: string | null, onDone: () => void) =>
      set(held, lastDay, 'person.lastDaySet', onDone),
  }
}

/** Gives a role; taking it back ends it the day before it begins. */
export function useGiveRole(membershipId: string) {
  const text = useTranslations('accessDesk')
  const access = useTranslations('access')
  const toast = useToast()
  const trpc = useTRPC()
  const onSettled = useRefresh()
  const end = useMutation(trpc.assignment.end.mutationOptions({ onSettled }))
  const assign = useMutation(trpc.assignment.assign.mutationOptions({ onSettled }))
  const send = ({ role, place, validFrom, validTo }: RoleDraft, onDone: () => void) => {
    if (!place) return
    assign.mutate(
      { membershipId, territoryId: place.id, role, validFrom, validTo: validTo || null },
      {
        onSuccess: ({ id: assignmentId }) => {
          onDone()
          toast({
            text: text('person.given', { role: access(`role.${role}`), place: place.name }),
            undo: {
              label: text('people.undo'),
              onUndo: () =>
                end.mutate({
                  assignmentId,
                  lastDay: addDays(validFrom, -1),
                  known: validTo || null,
                }),
            },
          })
        },
      },
    )
  }
  return { send, error: assign.error, isPending: assign.isPending }
}
