'use client'
import type { Locale } from '@fieldback/i18n/locale'
import { Button } from '@fieldback/ui/button'
import { Empty } from '@fieldback/ui/empty'
import { PhoneScreen } from '@fieldback/ui/phone-screen'
import WifiOff from 'lucide-react/icons/wifi-off'

// Said before any text can be fetched: the one screen that carries its own words.
const WORDS: Readonly<Record<Locale, { title: string; text: string; retry: string }>> = {
  fr: {
    title: 'Pas de réseau ici',
    text: 'La première ouverture sur ce téléphone a besoin du réseau, une fois. Les suivantes s’en passent.',
    retry: 'Réessayer',
  },
  en: {
    title: 'No network here',
    text: 'The first opening on this phone needs the network, once. The next ones do without.',
    retry: 'Try again',
  },
}

/** What a phone that knows nobody says when the server cannot be reached. */
export function Welcome({ locale }: { locale: Locale }) {
  const words = WORDS[locale]
  return (
    <PhoneScreen>
      <div className="grid flex-1 place-items-center">
        <Empty
          icon={<WifiOff size={28} />}
          title={words.title}
          text={words.text}
          action={
            <Button variant="primary" onClick={() => location.reload()}>
              {words.retry}
            </Button>
          }
        />
      </div>
    </PhoneScreen>
  )
}
