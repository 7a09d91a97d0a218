import english from '../messages/en/round.json' with { type: 'json' }
import french from '../messages/fr/round.json' with { type: 'json' }
import { lazyTexts } from './lazy-texts.ts'

/** What the round says, beside its screen. */
export const roundTexts = lazyTexts('round', { fr: french, en: english })
