'use client'
import { LevelMark } from '@fieldback/ui/level-mark'
import { useTranslations } from 'next-intl'
import type { PersonRow } from './access-rows.ts'
import { RoleDays } from './role-days.tsx'

export function PersonRoles({ roles }: Pick<PersonRow, 'roles'>) {
  const text = useTranslations('accessDesk')
  const access = useTranslations('access')
  if (roles.length === 0) return <span className="text-ink-2">{text('people.noRole')}</span>
  return (
    <ul className="flex flex-col gap-1">
      {roles.map((held) => (
        <li key={held.id} className="flex flex-wrap items-center gap-x-1.5">
          <LevelMark rank={held.rank} size={16} />
          {text('people.roleAt', { role: access(`role.${held.role}`), territory: held.territory })}
          <RoleDays held={held} onlyUnusual />
        </li>
      ))}
    </ul>
  )
}
