import * as z from 'zod'
import { CLAUSES_MAX, CONDITION_FACTS, CONDITION_OPS, type Condition, clausesOf } from './condition-shape.ts'

const said = {
  op: z.enum(CONDITION_OPS),
  value: z
    .union([z.boolean(), z.number(), z.string().max(200), z.array(z.string().max(200)).min(1).max(50)])
    .optional(),
}
const clause = z.union([
  z.strictObject({ ...said, field: z.uuid() }),
  z.strictObject({ ...said, fact: z.enum(CONDITION_FACTS) }),
])

const groupOf = <Part extends z.ZodType>(part: Part) => {
  const parts = z.array(part).min(1).max(CLAUSES_MAX)
  return z.union([z.strictObject({ all: parts }), z.strictObject({ any: parts })])
}

/** Structured, so that there is no text to parse: one group of comparisons, which may hold groups of comparisons. */
export const conditionSchema: z.ZodType<Condition> = groupOf(z.union([clause, groupOf(clause)])).refine(
  (condition) => clausesOf(condition).length <= CLAUSES_MAX,
)
