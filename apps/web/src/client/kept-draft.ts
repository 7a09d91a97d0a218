export type Values = Readonly<Record<string, string | boolean>>

export type KeptDraft<T extends Values> = {
  /** What was kept when a part began to be changed. */
  readonly opened: T
  /** What the form shows. */
  readonly draft: T
}

/**
 * A form over something that others may change meanwhile: what is untouched follows `kept`, what is touched stays as
 * typed. `changed`: parts touched here that somebody else has changed to something else.
 */
export function follow<T extends Values>(
  { opened, draft }: KeptDraft<T>,
  kept: T,
): KeptDraft<T> & { readonly changed: readonly (keyof T & string)[] } {
  const keys = Object.keys(kept) as (keyof T & string)[]
  const free = keys.filter((key) => draft[key] === opened[key] || draft[key] === kept[key])
  const changed = keys.filter((key) => !free.includes(key) && opened[key] !== kept[key])
  if (free.every((key) => opened[key] === kept[key] && draft[key] === kept[key]))
    return { opened, draft, changed }
  const now = Object.fromEntries(free.map((key) => [key, kept[key]]))
  return { opened: { ...opened, ...now }, draft: { ...draft, ...now }, changed }
}
