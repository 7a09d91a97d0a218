import * as z from 'zod'

/** Which accounts of a branch are meant: all conditions together; an empty one asks nothing. */
export const accountFilter = z.object({
  territoryId: z.uuid(),
  /** Those whose home is exactly the territory. */
  home: z.boolean().default(false),
  /** Beginning of the name. */
  search: z.string().trim().max(100).default(''),
  kind: z.enum(['client', 'prospect']).nullable().default(null),
  /** Beginning of the town's name or of its postcode. */
  town: z.string().trim().max(100).default(''),
  /** An answer of the account itself, of a question that is answered by choosing. */
  answer: z
    .object({ fieldId: z.uuid(), value: z.string().min(1).max(100) })
    .nullable()
    .default(null),
})
export type AccountFilter = z.infer<typeof accountFilter>

/** Questions whose answers accounts may be chosen by: each has a value that a select can offer. */
export const CHOSEN_BY = ['yes_no', 'single_choice', 'multiple_choice'] as const
