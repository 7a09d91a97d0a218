import english from '../messages/en/opinion.json' with { type: 'json' }
import french from '../messages/fr/opinion.json' with { type: 'json' }
import { lazyTexts } from './lazy-texts.ts'

/** Whether what comes back is of use: beside the screens that ask, Today does not. */
export const opinionTexts = lazyTexts('opinion', { fr: french, en: english })
