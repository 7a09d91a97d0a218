'use client'
import { Button } from '@fieldback/ui/button'
import { type Column, DataTable } from '@fieldback/ui/data-table'
import { SectionHead } from '@fieldback/ui/section-head'
import { Tag } from '@fieldback/ui/tag'
import { useToast } from '@fieldback/ui/toast'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { leave } from '../../client/leave.ts'
import { useMember } from '../../client/member.tsx'
import { useTRPC } from '../../client/trpc.tsx'
import { useErrorSentence } from '../../client/use-error-sentence.ts'
import { useFormats } from '../../client/use-formats.ts'
import type { OwnAccount } from './own-password.tsx'
import { DeviceName } from './person-devices.tsx'

type Device = OwnAccount['devices'][number]

/** Where one is signed in, and the way to end it from afar. */
export function OwnDevices({ account }: { account: OwnAccount }) {
  const text = useTranslations('accessDesk')
  const sentence = useErrorSentence()
  const formats = useFormats()
  const { day, orgName: organisation } = useMember()
  const { error, signOut } = useSignOut(account.deviceId)
  const columns: Column<Device>[] = [
    { key: 'device', head: text('person.device'), cell: (device) => <DeviceName device={device} /> },
    {
      key: 'seen',
      head: text('person.seenHead'),
      cell: ({ id, lastSeenAt }) =>
        id === account.deviceId ? (
          <Tag>{text('account.here')}</Tag>
        ) : (
          <span className="text-ink-2">{formats.dayFrom(formats.dayOf(lastSeenAt), day)}</span>
        ),
    },
    {
      key: 'end',
      head: <span className="sr-only">{text('account.signOut')}</span>,
      figure: true,
      cell: (device) => (
        <Button
          variant="ghost"
          aria-label={text('account.signOutOf', { device: device.label })}
          onClick={() => signOut(device)}
        >
          {text('account.signOut')}
        </Button>
      ),
    },
  ]
  return (
    <section aria-labelledby="own-devices" className="max-w-160">
      <SectionHead id="own-devices">{text('account.devices')}</SectionHead>
      <p className="-mt-2 mb-3 text-ink-2 text-small">{text('account.devicesText', { organisation })}</p>
      {error && (
        <p role="alert" className="mb-3 text-danger text-small">
          {sentence(error)}
        </p>
      )}
      <DataTable
        caption={text('account.devices')}
        columns={columns}
        rows={account.devices}
        rowKey={({ id }) => id}
      />
    </section>
  )
}

function useSignOut(here: string) {
  const text = useTranslations('accessDesk')
  const toast = useToast()
  const trpc = useTRPC()
  const client = useQueryClient()
  const end = useMutation(trpc.access.signOutDevice.mutationOptions())
  const signOut = ({ id: deviceId, label: device }: Device) =>
    end.mutate(
      { deviceId },
      {
        onSuccess: async () => {
          if (deviceId === here) return leave()
          toast({ text: text('account.signedOut', { device }) })
          await client.invalidateQueries(trpc.access.ownAccount.pathFilter())
        },
      },
    )
  return { error: end.error, signOut }
}
