/** What was typed in the search that found nobody: the prospect's name, most likely. Proposed once. */
let kept = ''

export const keepProspectName = (name: string): void => {
  kept = name
}

/** Reads it only: a screen that begins to be drawn may be drawn anew before it stands. */
export const prospectName = (): string => kept

export const forgetProspectName = (): void => {
  kept = ''
}
