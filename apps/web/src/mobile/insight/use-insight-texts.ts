import { insightTexts } from '@fieldback/i18n/phone-insight'
import { hookOf } from '../use-texts.ts'

/** What insights say; fetched with "For me", never with Today. */
export const useInsightTexts = hookOf(insightTexts)
