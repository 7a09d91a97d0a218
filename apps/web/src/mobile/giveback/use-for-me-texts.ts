import { forMeTexts } from '@fieldback/i18n/phone-for-me'
import { hookOf } from '../use-texts.ts'

/** What "For me" says; fetched with its screen, never with Today. */
export const useForMeTexts = hookOf(forMeTexts)
