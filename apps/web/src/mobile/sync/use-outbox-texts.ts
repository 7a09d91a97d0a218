import { outboxTexts } from '@fieldback/i18n/phone-outbox'
import { hookOf } from '../use-texts.ts'

/** What the outbox says; fetched with its screens, never with Today. */
export const useOutboxTexts = hookOf(outboxTexts)
