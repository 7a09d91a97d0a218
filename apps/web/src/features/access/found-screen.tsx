'use client'
import type { FoundingState } from '@fieldback/domain/org/founding'
import { Button } from '@fieldback/ui/button'
import { Notice } from '@fieldback/ui/notice'
import KeyRound from 'lucide-react/icons/key-round'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { DoorScreen } from './door-screen.tsx'
import { FoundForm } from './found-form.tsx'

export type FoundScreenProps = { token: string; state: FoundingState | 'locked' }

/** Where a one-time link leads: opening it uses nothing, sending the form does. */
export function FoundScreen({ token, state }: FoundScreenProps) {
  const text = useTranslations('founding')
  const common = useTranslations('common')
  const [known, setKnown] = useState<{ email: string; organisation: string } | null>(null)
  if (state !== 'open') {
    return (
      <DoorScreen product={common('product')} title={text(`${state}.title`)} text={text(`${state}.text`)}>
        {state === 'spent' && <SignIn />}
      </DoorScreen>
    )
  }
  if (known) {
    return (
      <DoorScreen product={common('product')} title={text('known.title')} text={text('known.text', known)}>
        <Notice tone="quiet" icon={<KeyRound size={18} />}>
          {text('known.note')}
        </Notice>
        <SignIn />
      </DoorScreen>
    )
  }
  return (
    <DoorScreen product={common('product')} title={text('title')} text={text('text')}>
      <FoundForm token={token} onKnown={setKnown} />
    </DoorScreen>
  )
}

function SignIn() {
  const text = useTranslations('founding')
  return (
    <Button href="/signin" variant="primary" big>
      {text('signIn')}
    </Button>
  )
}
