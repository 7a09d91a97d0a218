'use client'
import { Button } from '@fieldback/ui/button'
import { type Column, DataTable } from '@fieldback/ui/data-table'
import { SectionHead } from '@fieldback/ui/section-head'
import { Tag } from '@fieldback/ui/tag'
import Monitor from 'lucide-react/icons/monitor'
import Smartphone from 'lucide-react/icons/smartphone'
import { useTranslations } from 'next-intl'
import { useMember } from '../../client/member.tsx'
import { useFormats } from '../../client/use-formats.ts'
import type { DeviceRow, PersonCard } from './access-rows.ts'
import type { AccessChanges } from './use-access-changes.ts'

type PersonDevicesProps = { person: PersonCard; changes: AccessChanges }

/** The browsers somebody came with; one that is lost is withdrawn alone. */
export function PersonDevices({ person, changes }: PersonDevicesProps) {
  const text = useTranslations('accessDesk')
  const formats = useFormats()
  const { day } = useMember()
  const columns: Column<DeviceRow>[] = [
    { key: 'device', head: text('person.device'), cell: (device) => <DeviceName device={device} /> },
    {
      key: 'seen',
      head: text('person.seenHead'),
      cell: ({ revokedAt, lastSeenAt }) =>
        revokedAt === null ? (
          <span className="text-ink-2">{formats.dayFrom(formats.dayOf(lastSeenAt), day)}</span>
        ) : (
          <Tag>{text('person.deviceRevoked')}</Tag>
        ),
    },
    {
      key: 'change',
      head: <span className="sr-only">{text('person.revokeDevice')}</span>,
      figure: true,
      cell: (device) => {
        const live = device.revokedAt === null
        const named = { device: device.label, name: person.displayName }
        return (
          <Button
            variant="ghost"
            aria-label={text(live ? 'person.revokeDeviceOf' : 'person.restoreDeviceOf', named)}
            onClick={() => changes.setDevice(device, live)}
          >
            {text(live ? 'person.revokeDevice' : 'person.restoreDevice')}
          </Button>
        )
      },
    },
  ]
  return (
    <section aria-labelledby="devices">
      <SectionHead id="devices">{text('person.devices')}</SectionHead>
      <DataTable
        caption={text('person.devices')}
        columns={columns}
        rows={person.devices}
        rowKey={({ id }) => id}
        empty={<p className="text-ink-2">{text('person.noDevice')}</p>}
      />
    </section>
  )
}

export function DeviceName({ device }: { device: Pick<DeviceRow, 'kind' | 'label'> }) {
  const text = useTranslations('accessDesk')
  const Icon = device.kind === 'phone' ? Smartphone : Monitor
  return (
    <span className="inline-flex items-center gap-2">
      <Icon size={16} role="img" aria-label={text(`person.${device.kind}`)} className="text-ink-2" />
      {device.label}
    </span>
  )
}
