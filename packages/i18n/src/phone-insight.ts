import english from '../messages/en/insight.json' with { type: 'json' }
import french from '../messages/fr/insight.json' with { type: 'json' }
import { lazyTexts } from './lazy-texts.ts'

/** What figures say, on the phone: beside "For me", Today says nothing of it. */
export const insightTexts = lazyTexts('insight', { fr: french, en: english })
