import { reportTexts } from '@fieldback/i18n/phone-report'
import { hookOf } from '../use-texts.ts'

/** What the screens of reports say; fetched with them, never with Today. */
export const useReportTexts = hookOf(reportTexts)
