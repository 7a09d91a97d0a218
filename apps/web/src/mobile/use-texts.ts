import type { LazyTexts } from '@fieldback/i18n/lazy-texts'
import type { Text } from '@fieldback/i18n/texts'
import { usePhone } from './phone.tsx'

/** The hook of a screen whose texts are fetched with it: says them in the reader's language. */
export const hookOf =
  <Tree>(texts: LazyTexts<Tree>): (() => Text<Tree>) =>
  () =>
    texts(usePhone().locale)
