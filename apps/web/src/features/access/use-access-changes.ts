'use client'
import { useToast } from '@fieldback/ui/toast'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useTRPC } from '../../client/trpc.tsx'
import type { DeviceRow, PersonCard } from './access-rows.ts'

type Person = Pick<PersonCard, 'membershipId' | 'displayName'>

export type AccessChanges = {
  readonly error: unknown
  setMembership(person: Person, revoked: boolean): void
  setDevice(device: DeviceRow, revoked: boolean): void
}

/** Withdraws and restores at once, says it, and offers to undo: nothing here is lost by a slip. */
export function useAccessChanges(): AccessChanges {
  const text = useTranslations('accessDesk')
  const trpc = useTRPC()
  const client = useQueryClient()
  const toast = useToast()
  const onSettled = () => client.invalidateQueries(trpc.access.pathFilter())
  const membership = [
    useMutation(trpc.access.restoreMembership.mutationOptions({ onSettled })),
    useMutation(trpc.access.revokeMembership.mutationOptions({ onSettled })),
  ] as const
  const device = [
    useMutation(trpc.access.restoreDevice.mutationOptions({ onSettled })),
    useMutation(trpc.access.revokeDevice.mutationOptions({ onSettled })),
  ] as const
  /** A refusal is over once something else is tried. */
  const forget = () => {
    for (const change of [...membership, ...device]) change.reset()
  }
  const tell = (said: string, onUndo: () => void) =>
    toast({ text: said, undo: { label: text('people.undo'), onUndo } })

  const setMembership: AccessChanges['setMembership'] = (person, revoked) => {
    const { membershipId, displayName: name } = person
    const said = text(revoked ? 'person.doneRevoke' : 'person.doneRestore', { name })
    const onSuccess = () => tell(said, () => setMembership(person, !revoked))
    forget()
    membership[revoked ? 1 : 0].mutate({ membershipId }, { onSuccess })
  }
  const setDevice: AccessChanges['setDevice'] = (of, revoked) => {
    const said = text(revoked ? 'person.doneRevokeDevice' : 'person.doneRestoreDevice', { device: of.label })
    const onSuccess = () => tell(said, () => setDevice(of, !revoked))
    forget()
    device[revoked ? 1 : 0].mutate({ deviceId: of.id }, { onSuccess })
  }
  const error = [...membership, ...device].find((mutation) => mutation.error)?.error ?? null
  return { error, setMembership, setDevice }
}
