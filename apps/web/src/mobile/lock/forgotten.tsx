'use client'
import type { lockTexts } from '@fieldback/i18n/phone-lock'
import { Button } from '@fieldback/ui/button'
import { IconButton } from '@fieldback/ui/icon-button'
import { PhoneScreen } from '@fieldback/ui/phone-screen'
import { ScreenTitle } from '@fieldback/ui/screen-title'
import { TopBar } from '@fieldback/ui/top-bar'
import ArrowLeft from 'lucide-react/icons/arrow-left'
import X from 'lucide-react/icons/x'
import { useEffect, useState } from 'react'
import { forgetIdentity } from '../data/identity.ts'
import type { Vault } from '../data/vault.ts'
import { ChooseCode } from './choose-code.tsx'
import type { Bytes } from './cipher.ts'
import { type LockRecord, orFull } from './lock-store.ts'
import { recode } from './open-lock.ts'
import { hasComeBack, recoverKey, signInAgain, stopComingBack } from './recover.ts'

type ForgottenProps = {
  membershipId: string
  text: ReturnType<typeof lockTexts>
  onOpen: (opened: { vault: Vault; record: LockRecord }) => Promise<void>
  onBack: () => void
}

/** A forgotten code: who signs in again has his key back from the server, and puts it under another code. */
export function Forgotten({ membershipId, text, onOpen, onBack }: ForgottenProps) {
  const [raw, setRaw] = useState<Bytes | null>(null)
  const [fault, setFault] = useState<'offline' | 'unopened' | 'full'>()
  useEffect(() => {
    if (!hasComeBack()) return
    recoverKey(membershipId).then((recovered) => {
      stopComingBack()
      if (recovered === 'other') {
        // Another person signed in: his own is opened, this one's stays as it is.
        forgetIdentity()
        location.reload()
      } else if (typeof recovered === 'object') setRaw(recovered.raw)
      else if (recovered !== 'stale') setFault(recovered)
    })
  }, [membershipId])
  if (raw)
    return (
      <PhoneScreen
        title={<ScreenTitle sub={text('forgotten.newSub')}>{text('forgotten.newTitle')}</ScreenTitle>}
      >
        <ChooseCode
          text={text}
          error={fault && text(`forgotten.${fault}`)}
          onChosen={async (code) => {
            const opened = await orFull(recode(membershipId, raw, code))
            if (opened === 'full') setFault(opened)
            else await onOpen(opened)
          }}
        />
      </PhoneScreen>
    )
  return (
    <PhoneScreen
      top={
        <TopBar
          lead={
            <IconButton label={text('settings.cancel')} icon={<ArrowLeft size={24} />} onClick={onBack} />
          }
        />
      }
      title={<ScreenTitle sub={text('forgotten.text')}>{text('forgotten.title')}</ScreenTitle>}
    >
      <Button variant="primary" big onClick={() => signInAgain().catch(() => setFault('offline'))}>
        {text('forgotten.signIn')}
      </Button>
      {fault && (
        <p role="alert" className="flex gap-2 text-small">
          <X size={18} className="flex-none" />
          {text(`forgotten.${fault}`)}
        </p>
      )}
    </PhoneScreen>
  )
}
