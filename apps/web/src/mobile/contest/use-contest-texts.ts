import { contestTexts } from '@fieldback/i18n/phone-contest'
import { hookOf } from '../use-texts.ts'

/** What contesting says; fetched with its panel, never with Today. */
export const useContestTexts = hookOf(contestTexts)
