'use client'
import { openFormats } from '@fieldback/i18n/format'
import { Button } from '@fieldback/ui/button'
import { Tag } from '@fieldback/ui/tag'
import { useLocale, useTranslations } from 'next-intl'
import { useMember } from '../../client/member.tsx'
import type { AccessChanges, PersonRow } from './use-access-changes.ts'

type PersonDevicesProps = { person: PersonRow; changes: AccessChanges }

export function PersonDevices({ person, changes }: PersonDevicesProps) {
  const text = useTranslations('access')
  const locale = useLocale()
  const { timeZone, day } = useMember()
  const formats = openFormats(locale, timeZone)
  if (person.devices.length === 0) return <span className="text-ink-2">{text('people.noDevice')}</span>
  return (
    <ul className="flex flex-col">
      {person.devices.map((device) => {
        const live = device.revokedAt === null
        const named = { device: device.label, name: person.displayName }
        return (
          <li key={device.id} className="flex flex-wrap items-center gap-x-2">
            <span>{device.label}</span>
            {live ? (
              <span className="text-ink-2">
                {text('people.seen', { when: formats.dayFrom(formats.dayOf(device.lastSeenAt), day) })}
              </span>
            ) : (
              <Tag>{text('people.deviceRevoked')}</Tag>
            )}
            <Button
              variant="ghost"
              aria-label={text(live ? 'people.revokeDeviceOf' : 'people.restoreDeviceOf', named)}
              onClick={() => changes.setDevice(device, live)}
            >
              {text(live ? 'people.revokeDevice' : 'people.restoreDevice')}
            </Button>
          </li>
        )
      })}
    </ul>
  )
}
