'use client'
import { List } from '@fieldback/ui/list'
import { ListRow } from '@fieldback/ui/list-row'
import { Notice } from '@fieldback/ui/notice'
import CircleAlert from 'lucide-react/icons/circle-alert'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { switchOrganisation } from '../../client/session.ts'
import { useErrorSentence } from '../../client/use-error-sentence.ts'
import { DoorScreen } from './door-screen.tsx'
import { SignOutButton } from './sign-out-button.tsx'

export type OrganisationChoice = {
  readonly membershipId: string
  readonly orgName: string
  readonly displayName: string
}

export function ChooseScreen({ choices }: { choices: readonly OrganisationChoice[] }) {
  const text = useTranslations('accessDoor')
  const common = useTranslations('common')
  const sentence = useErrorSentence()
  const [wrong, setWrong] = useState<string | null>(null)
  const enter = (membershipId: string) =>
    switchOrganisation(membershipId).then(
      () => location.assign('/'),
      (error) => setWrong(sentence(error)),
    )
  return (
    <DoorScreen
      product={common('product')}
      title={text('choose.title')}
      text={text(choices.length === 0 ? 'choose.none' : 'choose.text')}
    >
      {wrong && (
        <Notice icon={<CircleAlert size={18} />} live>
          {wrong}
        </Notice>
      )}
      {choices.length > 0 && (
        <List label={text('choose.title')}>
          {choices.map(({ membershipId, orgName, displayName }) => (
            <ListRow
              key={membershipId}
              title={orgName}
              text={displayName}
              chevron
              onClick={() => enter(membershipId)}
            />
          ))}
        </List>
      )}
      <SignOutButton />
    </DoorScreen>
  )
}
