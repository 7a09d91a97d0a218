'use client'
import { Button } from '@fieldback/ui/button'
import { DeskScreen } from '@fieldback/ui/desk-screen'
import { Notice } from '@fieldback/ui/notice'
import { PageHead } from '@fieldback/ui/page-head'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import CircleAlert from 'lucide-react/icons/circle-alert'
import UserPlus from 'lucide-react/icons/user-plus'
import { useTranslations } from 'next-intl'
import { DeskRail } from '../../client/desk-rail.tsx'
import { useMember } from '../../client/member.tsx'
import { useTRPC } from '../../client/trpc.tsx'
import { useAddress } from '../../client/use-address.ts'
import { useErrorSentence } from '../../client/use-error-sentence.ts'
import { InviteForm } from './invite-form.tsx'
import { PeopleFilters } from './people-filters.tsx'
import { PeopleTable } from './people-table.tsx'
import { usePeopleView } from './use-people-view.ts'

/** Who may enter the organisation, and the way to let somebody in. */
export function PeopleScreen() {
  const text = useTranslations('accessDesk')
  const common = useTranslations('common')
  const sentence = useErrorSentence()
  const { orgName } = useMember()
  const address = useAddress()
  const { search, state, role, territoryId, sort } = usePeopleView()
  const inviting = address.get('do') === 'invite'
  const people = useInfiniteQuery(
    useTRPC().access.people.infiniteQueryOptions(
      { search, state, role, territoryId, sort },
      { getNextPageParam: (page) => page.next ?? undefined, placeholderData: keepPreviousData },
    ),
  )
  return (
    <DeskScreen rail={<DeskRail />}>
      <PageHead
        title={text('people.title', { organisation: orgName })}
        lede={text('people.sub')}
        actions={
          !inviting && (
            <Button
              variant="primary"
              icon={<UserPlus size={16} />}
              onClick={() => address.set({ do: 'invite' }, 'push')}
            >
              {text('people.invite')}
            </Button>
          )
        }
      />
      {inviting && <InviteForm onClose={() => address.set({ do: null })} />}
      <PeopleFilters />
      {people.error && (
        <Notice icon={<CircleAlert size={18} />} live>
          {sentence(people.error)}
        </Notice>
      )}
      {people.data && <PeopleTable rows={people.data.pages.flatMap((page) => page.rows)} />}
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
