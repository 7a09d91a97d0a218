'use client'
import { Notice } from '@fieldback/ui/notice'
import { TextLink } from '@fieldback/ui/text-link'
import CircleAlert from 'lucide-react/icons/circle-alert'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { type ToldError, toldError } from '../../client/error-code.ts'
import { useErrorSentence } from '../../client/use-error-sentence.ts'
import { DoorScreen } from './door-screen.tsx'
import { LinkSent } from './link-sent.tsx'
import { SignInForm, type Way } from './sign-in-form.tsx'

export type SignInScreenProps = {
  /** Why the person is here again, when it was not his doing. */
  reason: ToldError['code'] | null
  /** Where he was going: an address of ours. */
  to: string
}

/** Two ways in: a link in one's mailbox, a password. */
export function SignInScreen({ reason, to }: SignInScreenProps) {
  const text = useTranslations('accessDoor')
  const common = useTranslations('common')
  const sentence = useErrorSentence()
  const [way, setWay] = useState<Way>('link')
  const [email, setEmail] = useState('')
  const [sentTo, setSentTo] = useState<string | null>(null)
  const [told, setTold] = useState(reason)
  // His way in is a link, and asking for one is then the one big button.
  const waiting = (error: unknown) => {
    setTold(toldError(error).code)
    setWay('link')
  }
  if (sentTo !== null) return <LinkSent email={sentTo} onAgain={() => setSentTo(null)} />
  return (
    <DoorScreen
      product={common('product')}
      title={text('signIn.title')}
      text={text(way === 'link' ? 'signIn.byLink' : 'signIn.byPassword')}
      foot={<OpenPhone />}
    >
      {told && (
        <Notice icon={<CircleAlert size={18} />} live>
          {sentence({ data: { fieldback: { code: told, params: {} } } })}
        </Notice>
      )}
      <SignInForm
        way={way}
        onWay={setWay}
        email={email}
        onEmail={setEmail}
        onSent={setSentTo}
        onEntered={() => location.assign(to)}
        onAwaited={waiting}
      />
    </DoorScreen>
  )
}

/** What a phone keeps opens without a network; a desk keeps nothing. */
function OpenPhone() {
  const text = useTranslations('accessDoor')
  return (
    <p className="text-center text-ink-2 text-small lg:hidden">
      {text('signIn.offline')}
      <br />
      <TextLink href="/m" className="min-h-11">
        {text('signIn.openPhone')}
      </TextLink>
    </p>
  )
}
