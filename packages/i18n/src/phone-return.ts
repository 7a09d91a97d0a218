import english from '../messages/en/return.json' with { type: 'json' }
import french from '../messages/fr/return.json' with { type: 'json' }
import { lazyTexts } from './lazy-texts.ts'

/** What comes back after a save and in "For me", beside these screens: Today says nothing of it. */
export const returnTexts = lazyTexts('return', { fr: french, en: english })
