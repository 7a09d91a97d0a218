'use client'
import { LevelMark } from '@fieldback/ui/level-mark'
import { Tag } from '@fieldback/ui/tag'
import { useTranslations } from 'next-intl'
import type { PersonRow } from './use-access-changes.ts'

export function PersonRoles({ person }: { person: PersonRow }) {
  const text = useTranslations('access')
  if (person.revokedAt !== null) return <Tag>{text('people.revoked')}</Tag>
  if (person.assignments.length === 0) return <span className="text-ink-2">{text('people.noRole')}</span>
  return (
    <ul className="flex flex-col gap-1">
      {person.assignments.map(({ role, territory, territoryId, rank }) => (
        <li key={`${role}${territoryId}`} className="flex items-center gap-1.5">
          <LevelMark rank={rank} size={16} />
          {text('people.roleAt', { role: text(`role.${role}`), territory })}
        </li>
      ))}
    </ul>
  )
}
