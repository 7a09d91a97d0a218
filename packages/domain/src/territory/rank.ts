/** national, regional, local, sub-sector. */
export const RANKS = [0, 1, 2, 3] as const
export type Rank = (typeof RANKS)[number]

export const LOCAL: Rank = 2
export const SUB_SECTOR: Rank = 3

export const isRank = (value: number): value is Rank => Number.isInteger(value) && value >= 0 && value <= 3
