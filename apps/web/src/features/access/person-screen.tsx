'use client'
import { Button } from '@fieldback/ui/button'
import { Crumbs } from '@fieldback/ui/crumbs'
import { DeskScreen } from '@fieldback/ui/desk-screen'
import { Notice } from '@fieldback/ui/notice'
import { PageHead } from '@fieldback/ui/page-head'
import { useQuery } from '@tanstack/react-query'
import CircleAlert from 'lucide-react/icons/circle-alert'
import { useTranslations } from 'next-intl'
import { DeskRail } from '../../client/desk-rail.tsx'
import { useMember } from '../../client/member.tsx'
import { nextLink } from '../../client/next-link.tsx'
import { useTRPC } from '../../client/trpc.tsx'
import { useErrorSentence } from '../../client/use-error-sentence.ts'
import type { PersonCard } from './access-rows.ts'
import { PersonDevices } from './person-devices.tsx'
import { PersonEntrance } from './person-entrance.tsx'
import { PersonIdentity } from './person-identity.tsx'
import { PersonRoleTable } from './person-role-table.tsx'
import { useAccessChanges } from './use-access-changes.ts'

/** One member: what he is called, holds and uses, and how he gets in. */
export function PersonScreen({ initial }: { initial: PersonCard }) {
  const text = useTranslations('accessDesk')
  const sentence = useErrorSentence()
  const changes = useAccessChanges()
  const { membershipId } = initial
  const own = useMember().membershipId === membershipId
  const query = useQuery(
    useTRPC().access.person.queryOptions({ membershipId }, { initialData: initial, staleTime: 0 }),
  )
  const person = query.data
  const live = person.state !== 'revoked'
  const name = person.displayName
  const wrong = changes.error ?? query.error
  return (
    <DeskScreen rail={<DeskRail />}>
      <PageHead
        crumbs={
          <Crumbs
            label={text('person.crumbs')}
            items={[{ label: text('person.all'), href: '/admin' }, { label: name }]}
            renderLink={nextLink}
          />
        }
        title={name}
        lede={own ? `${person.email}. ${text('person.you')}.` : person.email}
        actions={
          <Button
            aria-label={text(live ? 'person.revokeOf' : 'person.restoreOf', { name })}
            onClick={() => changes.setMembership(person, live)}
          >
            {text(live ? 'person.revoke' : 'person.restore')}
          </Button>
        }
      />
      {wrong && (
        <Notice icon={<CircleAlert size={18} />} live>
          {sentence(wrong)}
        </Notice>
      )}
      {!live && (
        <Notice tone="quiet" icon={<CircleAlert size={18} />}>
          {text('person.isRevoked')}
        </Notice>
      )}
      <PersonRoleTable person={person} />
      {live && !own && <PersonEntrance person={person} />}
      <PersonDevices person={person} changes={changes} />
      <PersonIdentity person={person} />
    </DeskScreen>
  )
}
