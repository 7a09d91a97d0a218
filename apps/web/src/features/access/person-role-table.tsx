'use client'
import { Button } from '@fieldback/ui/button'
import { type Column, DataTable } from '@fieldback/ui/data-table'
import { Empty } from '@fieldback/ui/empty'
import { LevelMark } from '@fieldback/ui/level-mark'
import { SectionHead } from '@fieldback/ui/section-head'
import Plus from 'lucide-react/icons/plus'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useLevelName } from '../../client/levels.tsx'
import { useErrorSentence } from '../../client/use-error-sentence.ts'
import type { HeldRole, PersonCard } from './access-rows.ts'
import { GiveRole } from './give-role.tsx'
import { LastDayForm } from './last-day-form.tsx'
import { RoleDays } from './role-days.tsx'
import { useRoles } from './use-roles.ts'

/** What a member holds today and will hold: given, ended and extended here. */
export function PersonRoleTable({ person }: { person: PersonCard }) {
  const text = useTranslations('accessDesk')
  const sentence = useErrorSentence()
  const [giving, setGiving] = useState(false)
  const [dating, setDating] = useState<string | null>(null)
  const roles = useRoles()
  const columns = useColumns({ dating, setDating, roles })
  return (
    <section aria-labelledby="roles">
      <SectionHead
        id="roles"
        aside={
          !giving &&
          person.state !== 'revoked' && (
            <Button icon={<Plus size={16} />} onClick={() => setGiving(true)}>
              {text('person.give')}
            </Button>
          )
        }
      >
        {text('person.roles')}
      </SectionHead>
      {giving && <GiveRole membershipId={person.membershipId} onClose={() => setGiving(false)} />}
      {roles.error && (
        <p role="alert" className="mb-3 text-danger text-small">
          {sentence(roles.error)}
        </p>
      )}
      <DataTable
        caption={text('person.roles')}
        columns={columns}
        rows={person.roles}
        rowKey={({ id }) => id}
        empty={!giving && <Empty title={text('person.noRoles')} text={text('person.noRolesNext')} />}
      />
    </section>
  )
}

type Dating = {
  dating: string | null
  setDating: (id: string | null) => void
  roles: ReturnType<typeof useRoles>
}

function useColumns({ dating, setDating, roles }: Dating): Column<HeldRole>[] {
  const text = useTranslations('accessDesk')
  const access = useTranslations('access')
  const levelName = useLevelName()
  const named = ({ role, territory }: HeldRole) => ({ role: access(`role.${role}`), place: territory })
  return [
    { key: 'role', head: text('person.role'), cell: ({ role }) => access(`role.${role}`) },
    {
      key: 'place',
      head: text('person.place'),
      cell: ({ rank, territory }) => (
        <span className="inline-flex items-center gap-2">
          <LevelMark rank={rank} size={16} label={levelName(rank)} />
          {territory}
        </span>
      ),
    },
    {
      key: 'days',
      head: text('person.days'),
      cell: (held) =>
        dating === held.id ? (
          <LastDayForm
            held={held}
            onSave={(lastDay, onDone) => roles.setLastDay(held, lastDay, onDone)}
            onClose={() => setDating(null)}
          />
        ) : (
          <RoleDays held={held} />
        ),
    },
    {
      key: 'change',
      head: <span className="sr-only">{text('person.end')}</span>,
      figure: true,
      cell: (held) =>
        dating === held.id ? null : (
          <span className="inline-flex">
            <Button
              variant="ghost"
              aria-label={text('person.datesOf', named(held))}
              onClick={() => setDating(held.id)}
            >
              {text('person.dates')}
            </Button>
            <Button
              variant="ghost"
              aria-label={text('person.endOf', named(held))}
              onClick={() => roles.end(held)}
            >
              {text('person.end')}
            </Button>
          </span>
        ),
    },
  ]
}
