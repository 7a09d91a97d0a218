'use client'
import { Button } from '@fieldback/ui/button'
import { useTranslations } from 'next-intl'
import { DoorScreen } from './door-screen.tsx'

const LINK_MINUTES = 15

/** The same words whether the address is known or not. */
export function LinkSent({ email, onAgain }: { email: string; onAgain: () => void }) {
  const text = useTranslations('accessDoor')
  const common = useTranslations('common')
  return (
    <DoorScreen
      product={common('product')}
      title={text('linkSent.title')}
      text={text('linkSent.text', { email, minutes: LINK_MINUTES })}
    >
      <Button onClick={onAgain} className="h-13">
        {text('linkSent.again')}
      </Button>
    </DoorScreen>
  )
}
