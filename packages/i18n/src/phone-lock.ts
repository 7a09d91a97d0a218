import english from '../messages/en/lock.json' with { type: 'json' }
import french from '../messages/fr/lock.json' with { type: 'json' }
import { lazyTexts } from './lazy-texts.ts'

/** What the phone's lock says, beside its screens: a phone without one fetches it late or never. */
export const lockTexts = lazyTexts('lock', { fr: french, en: english })
