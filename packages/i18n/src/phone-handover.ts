import english from '../messages/en/handover.json' with { type: 'json' }
import french from '../messages/fr/handover.json' with { type: 'json' }
import { lazyTexts } from './lazy-texts.ts'

/** What the phone says of accounts that pass from a rep to another, beside its screens. */
export const handoverTexts = lazyTexts('handover', { fr: french, en: english })
