'use client'
import type { Column } from '@fieldback/ui/data-table'
import { LevelMark } from '@fieldback/ui/level-mark'
import { Tag } from '@fieldback/ui/tag'
import { useTranslations } from 'next-intl'
import { useLevelName } from '../../client/levels.tsx'
import { useMember } from '../../client/member.tsx'
import { PageLink } from '../../client/next-link.tsx'
import { useFormats } from '../../client/use-formats.ts'
import type { Assignment } from './assignment.ts'

/** Who, as which role, where and when: the same columns for what runs, is to come, and is over. */
export function useAssignmentColumns(): Record<'name' | 'role' | 'place' | 'days', Column<Assignment>> {
  const text = useTranslations('assignment')
  const access = useTranslations('access')
  const levelName = useLevelName()
  const formats = useFormats()
  const { day } = useMember()
  return {
    name: {
      key: 'name',
      head: text('name'),
      rowHead: true,
      cell: ({ displayName, membershipId }) => (
        <PageLink
          href={`/manage/people/${membershipId}`}
          className="touch hover:underline"
          title={text('seePerson', { name: displayName })}
        >
          {displayName}
        </PageLink>
      ),
    },
    role: {
      key: 'role',
      head: text('role'),
      cell: ({ role }) => <span className="text-ink-2">{access(`role.${role}`)}</span>,
    },
    place: {
      key: 'place',
      head: text('place'),
      cell: ({ rank, territoryName, absentName }) => (
        <span className="inline-flex flex-wrap items-center gap-2">
          <LevelMark rank={rank} size={16} label={levelName(rank)} />
          {territoryName}
          {absentName && <Tag>{text('replacesWho', { name: absentName })}</Tag>}
        </span>
      ),
    },
    days: {
      key: 'days',
      head: text('days'),
      cell: ({ validFrom, validTo }) => (
        <span className="text-ink-2">
          {validTo
            ? text('fromTo', { from: formats.day(validFrom, 'numeric'), to: formats.day(validTo, 'numeric') })
            : text(validFrom > day ? 'fromLater' : 'since', { from: formats.day(validFrom, 'numeric') })}
        </span>
      ),
    },
  }
}
