import { bucketName, period } from '@fieldback/domain/analytics/question'
import * as z from 'zod'

/** Where, when and by which tree: what every figure rests on. */
export const view = z.object({ territoryId: z.uuid(), basis: z.enum(['then', 'today']), period })
export type View = z.infer<typeof view>

/** What a rate counts: reports that end in an order, or one answer among those given. */
export const measure = z.discriminatedUnion('of', [
  z.object({ of: z.literal('orders') }),
  z.object({ of: z.literal('answer'), fieldId: z.uuid(), bucket: bucketName }),
])
export type Measure = z.infer<typeof measure>
