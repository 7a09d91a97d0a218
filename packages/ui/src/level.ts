/** National, regional, local, sub-sector. The tokens count from 1: rank 0 is `level-1`. */
export type Rank = 0 | 1 | 2 | 3

export const RANKS: readonly Rank[] = [0, 1, 2, 3]

// Whole class names: Tailwind only finds what is written out.
export const levelMarkText = [
  'text-level-1-mark',
  'text-level-2-mark',
  'text-level-3-mark',
  'text-level-4-mark',
]
export const levelInkText = ['text-level-1-ink', 'text-level-2-ink', 'text-level-3-ink', 'text-level-4-ink']
export const levelSoftGround = ['bg-level-1-soft', 'bg-level-2-soft', 'bg-level-3-soft', 'bg-level-4-soft']
export const levelSolidGround = ['bg-level-1', 'bg-level-2', 'bg-level-3', 'bg-level-4']
