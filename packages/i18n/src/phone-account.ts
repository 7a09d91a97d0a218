import english from '../messages/en/account.json' with { type: 'json' }
import french from '../messages/fr/account.json' with { type: 'json' }
import { lazyTexts } from './lazy-texts.ts'

/** What the phone's accounts say, beside their screens: Today says nothing of it. */
export const accountTexts = lazyTexts('account', { fr: french, en: english })
