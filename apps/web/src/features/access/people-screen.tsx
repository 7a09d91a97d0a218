'use client'
import { Button } from '@fieldback/ui/button'
import { DataTable } from '@fieldback/ui/data-table'
import { DeskScreen } from '@fieldback/ui/desk-screen'
import { Notice } from '@fieldback/ui/notice'
import { PageHead } from '@fieldback/ui/page-head'
import { TextInput } from '@fieldback/ui/text-input'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import CircleAlert from 'lucide-react/icons/circle-alert'
import Search from 'lucide-react/icons/search'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { DeskRail } from '../../client/desk-rail.tsx'
import { useMember } from '../../client/member.tsx'
import { useTRPC } from '../../client/trpc.tsx'
import { useErrorSentence } from '../../client/use-error-sentence.ts'
import { PersonAccess } from './person-access.tsx'
import { PersonDevices } from './person-devices.tsx'
import { PersonRoles } from './person-roles.tsx'
import { useAccessChanges } from './use-access-changes.ts'

/** Who may enter the organisation, and on what. `search` comes from the address, so that a view can be sent. */
export function PeopleScreen({ search: asked }: { search: string }) {
  const text = useTranslations('access')
  const common = useTranslations('common')
  const sentence = useErrorSentence()
  const { orgName } = useMember()
  const [search, setSearch] = useState(asked)
  const changes = useAccessChanges()
  const people = useInfiniteQuery(
    useTRPC().access.people.infiniteQueryOptions(
      { search },
      { getNextPageParam: (page) => page.next ?? undefined, placeholderData: keepPreviousData },
    ),
  )
  const look = (typed: string) => {
    setSearch(typed)
    history.replaceState(null, '', typed ? `?q=${encodeURIComponent(typed)}` : location.pathname)
  }
  const wrong = changes.error ?? people.error
  return (
    <DeskScreen rail={<DeskRail />}>
      <PageHead title={text('people.title', { organisation: orgName })} lede={text('people.sub')} />
      <div className="max-w-80">
        <TextInput
          quiet
          type="search"
          icon={<Search size={16} />}
          aria-label={text('people.filter')}
          placeholder={text('people.filter')}
          value={search}
          onChange={(event) => look(event.target.value)}
        />
      </div>
      {wrong && (
        <Notice icon={<CircleAlert size={18} />} live>
          {sentence(wrong)}
        </Notice>
      )}
      {people.data && (
        <DataTable
          caption={text('people.title', { organisation: orgName })}
          rows={people.data.pages.flatMap((page) => page.rows)}
          rowKey={(person) => person.membershipId}
          columns={[
            { key: 'name', head: text('people.name'), cell: (person) => person.displayName },
            { key: 'roles', head: text('people.roles'), cell: (person) => <PersonRoles person={person} /> },
            {
              key: 'devices',
              head: text('people.devices'),
              cell: (person) => <PersonDevices person={person} changes={changes} />,
            },
            {
              key: 'access',
              head: <span className="sr-only">{text('people.revoke')}</span>,
              figure: true,
              cell: (person) => <PersonAccess person={person} changes={changes} />,
            },
          ]}
          empty={<p className="text-ink-2">{text('people.empty')}</p>}
        />
      )}
      {people.error && (
        <Button onClick={() => people.refetch()} className="self-start">
          {common('retry')}
        </Button>
      )}
      {people.hasNextPage && (
        <Button onClick={() => people.fetchNextPage()} className="self-start">
          {text('people.more')}
        </Button>
      )}
    </DeskScreen>
  )
}
