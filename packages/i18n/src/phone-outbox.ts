import english from '../messages/en/outbox.json' with { type: 'json' }
import french from '../messages/fr/outbox.json' with { type: 'json' }
import { lazyTexts } from './lazy-texts.ts'

/** What the outbox and leaving say on the phone, beside their screens: Today says its state in a word of `sync`. */
export const outboxTexts = lazyTexts('outbox', { fr: french, en: english })
