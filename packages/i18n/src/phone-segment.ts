import english from '../messages/en/segment.json' with { type: 'json' }
import french from '../messages/fr/segment.json' with { type: 'json' }
import { lazyTexts } from './lazy-texts.ts'

/** What lists to act on say on the phone, beside their screen: Today says nothing of it. */
export const segmentTexts = lazyTexts('segment', { fr: french, en: english })
