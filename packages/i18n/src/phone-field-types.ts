import english from '../messages/en/field-types.json' with { type: 'json' }
import french from '../messages/fr/field-types.json' with { type: 'json' }
import { lazyTexts } from './lazy-texts.ts'

/** What the rarer answers say on the phone, beside their inputs: both languages are smaller than another fetch. */
export const fieldTypeTexts = lazyTexts('fieldTypes', { fr: french, en: english })
