import english from '../messages/en/error.json' with { type: 'json' }
import french from '../messages/fr/error.json' with { type: 'json' }
import { lazyTexts } from './lazy-texts.ts'
import type { Text } from './texts.ts'

/** Why the server refused, beside the one screen that says it: Today says nothing of it. */
export const errorTexts = lazyTexts('error', { fr: french, en: english })

export type ErrorText = Text<typeof french>
