'use client'
import type { Locale } from '@fieldback/i18n/locale'
import { Button } from '@fieldback/ui/button'
import { Empty } from '@fieldback/ui/empty'
import { PhoneScreen } from '@fieldback/ui/phone-screen'
import CloudOff from 'lucide-react/icons/cloud-off'
import WifiOff from 'lucide-react/icons/wifi-off'

/** Why nobody could be met: nothing answered, or the server said that it cannot just now. */
export type Unmet = 'network' | 'outage'

// Said before any text can be fetched: the one screen that carries its own words.
const WORDS: Readonly<
  Record<Locale, Readonly<Record<Unmet, { title: string; text: string }>> & { retry: string }>
> = {
  fr: {
    network: {
      title: 'Pas de réseau ici',
      text: 'La première ouverture sur ce téléphone a besoin du réseau, une fois. Les suivantes s’en passent.',
    },
    outage: {
      title: 'Fieldback ne répond pas pour le moment',
      text: 'Vous avez du réseau, c’est chez nous. Réessayez dans une minute.',
    },
    retry: 'Réessayer',
  },
  en: {
    network: {
      title: 'No network here',
      text: 'The first opening on this phone needs the network, once. The next ones do without.',
    },
    outage: {
      title: 'Fieldback does not answer just now',
      text: 'Your network is fine, it is us. Try again in a minute.',
    },
    retry: 'Try again',
  },
}

/** What a phone that knows nobody says when the server cannot tell who is here. */
export function Welcome({ why, locale }: { why: Unmet; locale: Locale }) {
  const words = WORDS[locale]
  const Icon = why === 'network' ? WifiOff : CloudOff
  return (
    <PhoneScreen>
      <div className="grid flex-1 place-items-center">
        <Empty
          icon={<Icon size={28} />}
          title={words[why].title}
          text={words[why].text}
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
