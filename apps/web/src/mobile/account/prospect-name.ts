/** What was typed in the search that found nobody: the prospect's name, most likely. Read once. */
let kept = ''

export const keepProspectName = (name: string): void => {
  kept = name
}

export function takeProspectName(): string {
  const name = kept
  kept = ''
  return name
}
