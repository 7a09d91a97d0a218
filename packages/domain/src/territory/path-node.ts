import type { Rank } from './rank.ts'

/** A territory on the path from the root to a home. */
export type PathNode = { readonly id: string; readonly name: string; readonly rank: Rank }
