import { segmentTexts } from '@fieldback/i18n/phone-segment'
import { hookOf } from '../use-texts.ts'

/** What lists to act on say; fetched with their screen, never with Today. */
export const useSegmentTexts = hookOf(segmentTexts)
