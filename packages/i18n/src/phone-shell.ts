import english from '../messages/en/shell.json' with { type: 'json' }
import french from '../messages/fr/shell.json' with { type: 'json' }
import { lazyTexts } from './lazy-texts.ts'

/** What installing and updating the phone's application says, beside its screens: Today says nothing of it. */
export const shellTexts = lazyTexts('shell', { fr: french, en: english })
