import { type CompiledMessage, compileMessage, type MessageValues, sayMessage } from './icu.ts'
import type { Locale } from './locale.ts'

/** Dotted paths to the texts of a tree: `form.saved`. */
export type TextKey<Tree> = {
  [K in keyof Tree & string]: Tree[K] extends string ? K : `${K}.${TextKey<Tree[K]>}`
}[keyof Tree & string]

export type Text<Tree> = (key: TextKey<Tree>, values?: MessageValues) => string
export type Texts<Catalog> = {
  readonly locale: Locale
  <Noun extends keyof Catalog & string>(noun: Noun): Text<Catalog[Noun]>
}

/**
 * Says texts without a library: `texts('report')('form.saved', { count: 3 })`. An unknown key is said as itself. A message
 * is set by `typography` and compiled when it is first said: a whole catalogue at once would cost a phone 50 ms.
 */
export function openTexts<Catalog extends object>(
  catalog: Catalog,
  locale: Locale,
  typography: (text: string) => string = (text) => text,
): Texts<Catalog> {
  const compiled = new Map<string, CompiledMessage>()
  const open = <Noun extends keyof Catalog & string>(noun: Noun): Text<Catalog[Noun]> => {
    return (key, values = {}) => {
      const path = `${noun}.${key}`
      let message = compiled.get(path)
      if (!message) {
        const source = textAt(catalog[noun], key)
        if (source === null) return path
        message = compileMessage(typography(source))
        compiled.set(path, message)
      }
      return sayMessage(message, values, locale)
    }
  }
  return Object.assign(open, { locale })
}

function textAt(tree: unknown, key: string): string | null {
  let node = tree
  for (const part of key.split('.')) {
    if (typeof node !== 'object' || node === null) return null
    node = (node as Record<string, unknown>)[part]
  }
  return typeof node === 'string' ? node : null
}
