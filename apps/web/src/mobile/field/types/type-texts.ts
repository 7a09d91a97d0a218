import { fieldTypeTexts } from '@fieldback/i18n/phone-field-types'
import { hookOf } from '../../use-texts.ts'

/** What the rarer inputs say; fetched with them, never with Today. */
export const useTypeTexts = hookOf(fieldTypeTexts)
