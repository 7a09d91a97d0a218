'use client'
import { Button } from '@fieldback/ui/button'
import { useTranslations } from 'next-intl'
import type { AccessChanges, PersonRow } from './use-access-changes.ts'

export function PersonAccess({ person, changes }: { person: PersonRow; changes: AccessChanges }) {
  const text = useTranslations('access')
  const name = person.displayName
  const live = person.revokedAt === null
  return (
    <Button
      variant={live ? 'ghost' : 'secondary'}
      aria-label={text(live ? 'people.revokeOf' : 'people.restoreOf', { name })}
      onClick={() => changes.setMembership(person, live)}
    >
      {text(live ? 'people.revoke' : 'people.restore')}
    </Button>
  )
}
