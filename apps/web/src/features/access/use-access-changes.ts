'use client'
import type { AppRouter } from '@fieldback/api/root'
import { useToast } from '@fieldback/ui/toast'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { inferRouterOutputs } from '@trpc/server'
import { useTranslations } from 'next-intl'
import { useTRPC } from '../../client/trpc.tsx'

export type PersonRow = inferRouterOutputs<AppRouter>['access']['people']['rows'][number]

export type AccessChanges = {
  readonly error: unknown
  setMembership(person: PersonRow, revoked: boolean): void
  setDevice(device: PersonRow['devices'][number], revoked: boolean): void
}

/** Withdraws and restores at once, says it, and offers to undo: nothing here is lost by a slip. */
export function useAccessChanges(): AccessChanges {
  const text = useTranslations('access')
  const trpc = useTRPC()
  const client = useQueryClient()
  const toast = useToast()
  const onSettled = () => client.invalidateQueries(trpc.access.people.pathFilter())
  const membership = [
    useMutation(trpc.access.restoreMembership.mutationOptions({ onSettled })),
    useMutation(trpc.access.revokeMembership.mutationOptions({ onSettled })),
  ] as const
  const device = [
    useMutation(trpc.access.restoreDevice.mutationOptions({ onSettled })),
    useMutation(trpc.access.revokeDevice.mutationOptions({ onSettled })),
  ] as const
  const tell = (said: string, onUndo: () => void) =>
    toast({ text: said, undo: { label: text('people.undo'), onUndo } })

  const setMembership: AccessChanges['setMembership'] = (person, revoked) => {
    const name = person.displayName
    const said = text(revoked ? 'people.doneRevoke' : 'people.doneRestore', { name })
    const { membershipId } = person
    const onSuccess = () => tell(said, () => setMembership(person, !revoked))
    membership[revoked ? 1 : 0].mutate({ membershipId }, { onSuccess })
  }
  const setDevice: AccessChanges['setDevice'] = (of, revoked) => {
    const said = text(revoked ? 'people.doneRevokeDevice' : 'people.doneRestoreDevice', { device: of.label })
    const onSuccess = () => tell(said, () => setDevice(of, !revoked))
    device[revoked ? 1 : 0].mutate({ deviceId: of.id }, { onSuccess })
  }
  const error = [...membership, ...device].find((mutation) => mutation.error)?.error ?? null
  return { error, setMembership, setDevice }
}
