'use client'
import { Button } from '@fieldback/ui/button'
import { useTranslations } from 'next-intl'
import { useErrorSentence } from '../../client/use-error-sentence.ts'
import { DoorScreen } from './door-screen.tsx'

/** A link to a file that was not given: why, and back to the page on which it stood. */
export function RefusedScreen({ code, to }: { readonly code: unknown; readonly to: string }) {
  const text = useTranslations('accessDoor')
  const common = useTranslations('common')
  const sentence = useErrorSentence()
  return (
    <DoorScreen
      product={common('product')}
      title={text('refused.title')}
      text={sentence({ data: { fieldback: { code } } })}
      signedIn
    >
      <Button href={to} variant="primary" big>
        {text('refused.back')}
      </Button>
    </DoorScreen>
  )
}
