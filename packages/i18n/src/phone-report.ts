import english from '../messages/en/report.json' with { type: 'json' }
import french from '../messages/fr/report.json' with { type: 'json' }
import { lazyTexts } from './lazy-texts.ts'

/** What the phone says of reports, beside their screens: Today says nothing of it. */
export const reportTexts = lazyTexts('report', { fr: french, en: english })
