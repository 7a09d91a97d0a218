import english from '../messages/en/objective.json' with { type: 'json' }
import french from '../messages/fr/objective.json' with { type: 'json' }
import { lazyTexts } from './lazy-texts.ts'

/** What is said of objectives on the phone, beside an account and "For me". */
export const objectiveTexts = lazyTexts('objective', { fr: french, en: english })
