import { accountTexts } from '@fieldback/i18n/phone-account'
import { hookOf } from '../use-texts.ts'

/** What the screens of accounts say; fetched with them, never with Today. */
export const useAccountTexts = hookOf(accountTexts)
