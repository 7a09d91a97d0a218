import english from '../messages/en/media.json' with { type: 'json' }
import french from '../messages/fr/media.json' with { type: 'json' }
import { lazyTexts } from './lazy-texts.ts'

/** What photos say on the phone, beside them: Today says nothing of it. */
export const mediaTexts = lazyTexts('media', { fr: french, en: english })
