import { objectiveTexts } from '@fieldback/i18n/phone-objective'
import { hookOf } from '../use-texts.ts'

/** What is said of objectives; fetched with the screens that say it, never with Today. */
export const useObjectiveTexts = hookOf(objectiveTexts)
