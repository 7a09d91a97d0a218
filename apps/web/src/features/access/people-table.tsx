'use client'
import { Button } from '@fieldback/ui/button'
import { type Column, DataTable } from '@fieldback/ui/data-table'
import { Empty } from '@fieldback/ui/empty'
import { Tag } from '@fieldback/ui/tag'
import { useTranslations } from 'next-intl'
import { useMember } from '../../client/member.tsx'
import { PageLink } from '../../client/next-link.tsx'
import { useFormats } from '../../client/use-formats.ts'
import type { PersonRow } from './access-rows.ts'
import { PersonRoles } from './person-roles.tsx'
import { usePeopleView } from './use-people-view.ts'

export function PeopleTable({ rows }: { rows: readonly PersonRow[] }) {
  const text = useTranslations('accessDesk')
  const { orgName } = useMember()
  const { sort, setSort, filtered, clear } = usePeopleView()
  const columns: Column<PersonRow>[] = [
    {
      key: 'name',
      head: text('people.name'),
      sortable: true,
      cell: ({ membershipId, displayName, email }) => (
        <span className="block pt-3 pb-1 desk:pt-1">
          {/* A page of people is not fetched one by one before it is asked for. */}
          <PageLink
            href={`/admin/people/${membershipId}`}
            className="touch font-medium hover:underline hover:underline-offset-4"
          >
            {displayName}
          </PageLink>
          <span className="block font-regular text-caption text-ink-2">{email}</span>
        </span>
      ),
    },
    { key: 'roles', head: text('people.roles'), cell: ({ roles }) => <PersonRoles roles={roles} /> },
    {
      key: 'seen',
      head: text('people.seenHead'),
      sortable: true,
      cell: (person) => <Presence person={person} />,
    },
  ]
  return (
    <DataTable
      caption={text('people.title', { organisation: orgName })}
      rows={rows}
      rowKey={(person) => person.membershipId}
      columns={columns}
      sort={{ key: sort.by, direction: sort.down ? 'descending' : 'ascending' }}
      onSort={setSort}
      empty={
        <Empty
          title={text('people.empty')}
          text={text('people.emptyNext')}
          action={filtered && <Button onClick={clear}>{text('people.clear')}</Button>}
        />
      }
    />
  )
}

/** When somebody was last here, or why he was not. */
function Presence({ person }: { person: PersonRow }) {
  const text = useTranslations('accessDesk')
  const formats = useFormats()
  const { day } = useMember()
  const from = (instant: string) => formats.dayFrom(formats.dayOf(instant), day)
  if (person.state === 'revoked') return <Tag>{text('people.revoked')}</Tag>
  if (person.lastSeenAt) return <>{text('people.seen', { when: from(person.lastSeenAt) })}</>
  return (
    <span className="text-ink-2">
      {person.invitedAt
        ? text('people.invitedOn', { when: from(person.invitedAt) })
        : text('people.neverCame')}
    </span>
  )
}
