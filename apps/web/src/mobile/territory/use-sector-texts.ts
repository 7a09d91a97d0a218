import { sectorTexts } from '@fieldback/i18n/phone-sector'
import { hookOf } from '../use-texts.ts'

/** What the screen of own sub-sectors says; fetched with it, never with Today. */
export const useSectorTexts = hookOf(sectorTexts)
