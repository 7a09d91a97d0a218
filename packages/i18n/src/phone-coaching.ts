import english from '../messages/en/coaching.json' with { type: 'json' }
import french from '../messages/fr/coaching.json' with { type: 'json' }
import { lazyTexts } from './lazy-texts.ts'

/** What is said around notes of managers on the phone, beside "For me". */
export const coachingTexts = lazyTexts('coaching', { fr: french, en: english })
