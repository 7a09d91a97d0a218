import type { ChangeCount } from '@fieldback/db/field/change-count.repo'

/** What was answered before a change of type is still being counted: so many accounts of so many, 0 before it begins. */
export type Counting = { readonly done: number; readonly of: number }

export const countingFrom = ({ accounts, of }: ChangeCount): Counting => ({
  done: Math.min(accounts, of),
  of,
})
