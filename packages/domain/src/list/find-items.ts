import { nameKey } from '../account/normalise.ts'
import { codeKey } from './list.ts'

type Findable = {
  readonly label: { readonly fr: string; readonly en?: string | undefined }
  readonly code: string | null
  readonly group: string | null
}

/** Each item as it is searched: by its words in both languages, its group, and its code as it is written. */
export type FindableItems<Item> = readonly {
  readonly item: Item
  readonly key: string
  readonly code: string
}[]

export const findableItems = <Item extends Findable>(items: readonly Item[]): FindableItems<Item> =>
  items.map((item) => ({
    item,
    key: ` ${nameKey([item.label.fr, item.label.en ?? '', item.group ?? ''].join(' '))}`,
    code: item.code === null ? '' : codeKey(item.code),
  }))

/** Items of which every word begins one that is sought, or whose code begins so: those by their code first, in their order. */
export function searchItems<Item>(items: FindableItems<Item>, typed: string): Item[] {
  const sought = nameKey(typed).split(' ').filter(Boolean)
  const code = codeKey(typed)
  if (sought.length === 0 && code === '') return items.map(({ item }) => item)
  const coded = items.filter((one) => one.code !== '' && one.code.startsWith(code))
  const first = new Set(coded)
  const named = items.filter(
    (one) => !first.has(one) && sought.length > 0 && sought.every((word) => one.key.includes(` ${word}`)),
  )
  return [...coded, ...named].map(({ item }) => item)
}
