'use client'
import { Button } from '@fieldback/ui/button'
import { Notice } from '@fieldback/ui/notice'
import CircleAlert from 'lucide-react/icons/circle-alert'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { toldError } from '../../client/error-code.ts'
import { signInWithLink } from '../../client/session.ts'
import { useErrorSentence } from '../../client/use-error-sentence.ts'
import { DoorScreen } from './door-screen.tsx'

export type LinkScreenProps = {
  token: string
  /** Until when it serves, as it is read; null for one that says nothing. */
  until: string | null
  /** Where one goes once inside. */
  to: string
}

/** The link is used by a tap, not by being opened: mail scanners open every link they see. */
export function LinkScreen({ token, until, to }: LinkScreenProps) {
  const text = useTranslations('accessDoor')
  const common = useTranslations('common')
  const sentence = useErrorSentence()
  const [wrong, setWrong] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const open = async () => {
    if (busy) return
    setBusy(true)
    try {
      await signInWithLink(token)
      location.assign(to)
    } catch (error) {
      setWrong(error)
      setBusy(false)
    }
  }
  const spent = wrong !== null && toldError(wrong).code === 'LINK_SPENT'
  return (
    <DoorScreen
      product={common('product')}
      title={text('link.title')}
      text={until && !spent ? `${text('link.text')} ${text('link.until', { until })}` : text('link.text')}
    >
      {wrong !== null && (
        <Notice icon={<CircleAlert size={18} />} live>
          {sentence(wrong)}
        </Notice>
      )}
      {spent ? (
        <Button href="/signin" variant="primary" big>
          {text('link.another')}
        </Button>
      ) : (
        <Button variant="primary" big onClick={open} aria-busy={busy}>
          {text('link.open')}
        </Button>
      )}
    </DoorScreen>
  )
}
