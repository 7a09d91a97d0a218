import * as z from 'zod'
import { token, typedText } from '../typed.ts'

/** Which accounts of a branch are meant: all conditions together; an empty one asks nothing. */
export const accountFilter = z.object({
  territoryId: z.uuid(),
  /** Those whose home is exactly the territory. */
  home: z.boolean().default(false),
  /** Beginning of the name. */
  search: typedText(100).default(''),
  kind: z.enum(['client', 'prospect']).nullable().default(null),
  /** Beginning of the town's name or of its postcode. */
  town: typedText(100).default(''),
  /** An answer of the account itself, of a question that is answered by choosing. */
  answer: z
    .object({ fieldId: z.uuid(), value: token(100) })
    .nullable()
    .default(null),
})
export type AccountFilter = z.infer<typeof accountFilter>

/** Questions whose answers accounts may be chosen by: each has a value that a select can offer. */
export const CHOSEN_BY = ['yes_no', 'single_choice', 'multiple_choice'] as const
