import english from '../messages/en/access.json' with { type: 'json' }
import french from '../messages/fr/access.json' with { type: 'json' }
import { lazyTexts } from './lazy-texts.ts'

/** What one's own menu says on the phone, beside it: Today says nothing of it. */
export const accessTexts = lazyTexts('access', { fr: french, en: english })
