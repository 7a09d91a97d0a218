import { nameKey } from '../account/normalise.ts'

/** What an organisation calls one of its four levels. */
export type LevelName = { readonly fr: string; readonly en: string }

/** Characters a level's name may have, in each language: it stands on marks, chips and tabs. */
export const LEVEL_NAME_MAX = 40

/**
 * The first name that two levels bear in one language, case and accents aside, with that language; null when every
 * level is told from the others.
 */
export function levelNameTwice(
  names: readonly LevelName[],
): { readonly language: 'fr' | 'en'; readonly name: string } | null {
  for (const language of ['fr', 'en'] as const) {
    const seen = new Set<string>()
    for (const name of names) {
      const key = nameKey(name[language])
      if (seen.has(key)) return { language, name: name[language] }
      seen.add(key)
    }
  }
  return null
}
