import { MONTHS_MAX, month, monthCount } from '@fieldback/domain/analytics/period'
import * as z from 'zod'

const period = z
  .object({ from: month, to: month })
  .refine((of) => monthCount(of) >= 1 && monthCount(of) <= MONTHS_MAX, { path: ['to'] })

/** Where, when and by which tree: what every figure rests on. */
export const view = z.object({ territoryId: z.uuid(), basis: z.enum(['then', 'today']), period })
export type View = z.infer<typeof view>

export const bucketName = z.string().min(1).max(60)

/** What a rate counts: reports that end in an order, or one answer among those given. */
export const measure = z.discriminatedUnion('of', [
  z.object({ of: z.literal('orders') }),
  z.object({ of: z.literal('answer'), fieldId: z.uuid(), bucket: bucketName }),
])
export type Measure = z.infer<typeof measure>
