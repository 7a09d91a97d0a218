import * as z from 'zod'
import { oneLine } from '../account/normalise.ts'
import { type FieldOption, type Localised, localised } from '../field/field-spec.ts'

/** Items of a list, retired ones included: what a phone holds and searches without the network. */
export const LIST_ITEMS_MAX = 5_000
export const LIST_CODE_MAX = 40
export const LIST_GROUP_MAX = 80
/** Letters of what is pasted at once. */
export const LIST_PASTE_MAX = 1_000_000

/** What an organisation keeps so that questions are answered from it: its products, its competitors. */
export type List = {
  readonly id: string
  readonly territoryId: string
  readonly name: Localised
}

/** The words of an item; its id never changes, whatever it is called later. */
export type ItemSpec = {
  readonly code: string | null
  readonly label: Localised
  readonly group: string | null
}

export type ListItem = ItemSpec & {
  readonly id: string
  readonly territoryId: string
  /** No longer offered; old answers stay readable. */
  readonly retired: boolean
}

const line = (most: number) =>
  z
    .string()
    .transform((typed) => oneLine(typed) || null)
    .pipe(z.string().max(most).nullable())
    .nullable()
    .default(null)

export const listName = localised
export const itemSpec: z.ZodType<ItemSpec> = z.object({
  code: line(LIST_CODE_MAX),
  label: localised,
  group: line(LIST_GROUP_MAX),
})

/** By what two codes are the same: "ab 12" is "AB 12". */
export const codeKey = (code: string): string =>
  code.normalize('NFKC').replace(/\s+/g, ' ').trim().toUpperCase()

/** An item as a question offers it. */
export const itemOption = ({ id, label, territoryId, code, group, retired }: ListItem): FieldOption => ({
  id,
  label,
  item: { territoryId, code, group },
  ...(retired ? { retired } : {}),
})
