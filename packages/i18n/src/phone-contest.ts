import english from '../messages/en/contest.json' with { type: 'json' }
import french from '../messages/fr/contest.json' with { type: 'json' }
import { lazyTexts } from './lazy-texts.ts'

/** What contesting a question says on the phone, beside its panel: both languages are smaller than another fetch. */
export const contestTexts = lazyTexts('contest', { fr: french, en: english })
