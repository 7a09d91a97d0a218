import english from '../messages/en/for-me.json' with { type: 'json' }
import french from '../messages/fr/for-me.json' with { type: 'json' }
import { lazyTexts } from './lazy-texts.ts'

/** What "For me" says on the phone, beside its screen: Today says nothing of it. */
export const forMeTexts = lazyTexts('forMe', { fr: french, en: english })
