import { viewEntries } from '@fieldback/domain/analytics/address'
import type { OpenedView } from './told-view.ts'

/** Where a view opens: the explorer beside the page one is on. */
export const explorerOf = (path: string, view: OpenedView['view']): string =>
  `${path}/explorer?${new URLSearchParams(viewEntries(view).map(([name, value]) => [name, value]))}`
