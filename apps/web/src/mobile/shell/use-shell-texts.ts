import { shellTexts } from '@fieldback/i18n/phone-shell'
import { hookOf } from '../use-texts.ts'

/** What installing and updating says; fetched with its screens, never with Today. */
export const useShellTexts = hookOf(shellTexts)
