'use client'
import { Button } from '@fieldback/ui/button'
import { useTranslations } from 'next-intl'
import { leave } from '../../client/leave.ts'

export function SignOutButton() {
  const text = useTranslations('access')
  return (
    <Button variant="ghost" onClick={leave} className="-ml-2 self-start">
      {text('menu.signOut')}
    </Button>
  )
}
