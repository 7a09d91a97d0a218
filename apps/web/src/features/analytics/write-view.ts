import { type View, viewEntries } from '@fieldback/domain/analytics/address'

/** The query of a view, without "?". */
export const writeView = (view: View): string =>
  new URLSearchParams(viewEntries(view).map(([name, value]) => [name, value])).toString()
