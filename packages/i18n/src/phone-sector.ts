import english from '../messages/en/sector.json' with { type: 'json' }
import french from '../messages/fr/sector.json' with { type: 'json' }
import { lazyTexts } from './lazy-texts.ts'

/** What a rep's own sub-sectors say, beside their screen. */
export const sectorTexts = lazyTexts('sector', { fr: french, en: english })
