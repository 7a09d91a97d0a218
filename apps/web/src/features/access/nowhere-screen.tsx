'use client'
import { Button } from '@fieldback/ui/button'
import { useTranslations } from 'next-intl'
import { DoorScreen } from './door-screen.tsx'
import { SignOutButton } from './sign-out-button.tsx'

/** A member without a role: says what is missing and who can give it. */
export function NowhereScreen({ name, organisation }: { name: string; organisation: string }) {
  const text = useTranslations('accessDoor')
  const common = useTranslations('common')
  return (
    <DoorScreen
      product={common('product')}
      title={text('nowhere.title')}
      text={text('nowhere.text', { name, organisation })}
      signedIn
    >
      <Button href="/" variant="primary" big>
        {text('nowhere.again')}
      </Button>
      <SignOutButton />
    </DoorScreen>
  )
}
