import { roundTexts } from '@fieldback/i18n/phone-round'
import { hookOf } from '../use-texts.ts'

/** What the round says; fetched with its screen, never with Today. */
export const useRoundTexts = hookOf(roundTexts)
