import * as z from 'zod'
import { rehomeRule } from './rehome-rule.ts'
import { territoryName } from './tree-step.ts'

/**
 * What somebody asks to be done to one sub-sector. `change` takes accounts in, or gives them back to the territory above;
 * `undo` takes one of these back, `ask` being its id.
 */
export const sectorAsk = z.discriminatedUnion('of', [
  z.object({ of: z.literal('make'), name: territoryName, rule: rehomeRule }),
  z.object({ of: z.literal('rename'), name: territoryName }),
  z.object({ of: z.literal('change'), into: z.boolean(), rule: rehomeRule }),
  z.object({ of: z.literal('dissolve') }),
  z.object({ of: z.literal('undo'), ask: z.uuid() }),
])
export type SectorAsk = z.infer<typeof sectorAsk>
