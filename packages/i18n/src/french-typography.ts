const NO_BREAK = '\u00a0'
const NARROW = '\u202f'

/**
 * Sets French typography on a message: curved apostrophes, guillemets with their spaces, a no-break space before : ; ? !
 * and %, a narrow one inside thousands. What stands inside ICU braces (`{count, plural, one {# jour} other {# jours}}`)
 * keeps its syntax: only a quote that ICU would read as an escape is turned.
 */
export function frenchTypography(text: string): string {
  return text
    .replace(/(\p{L})'(?=[\p{L}{<])/gu, '$1’')
    .replace(/"([^"]*)"/g, `«${NO_BREAK}$1${NO_BREAK}»`)
    .replace(/«[\s\u00a0\u202f]*/g, `«${NO_BREAK}`)
    .replace(/[\s\u00a0\u202f]*»/g, `${NO_BREAK}»`)
    .replace(/(?<=[^\s\u00a0\u202f{,])[ \u00a0\u202f]*([;?!]+)(?=\s|\u00a0|$|[»)}<])/g, `${NO_BREAK}$1`)
    .replace(/(?<=[^\s\u00a0\u202f{,])[ \u00a0\u202f]*:(?=\s|\u00a0|$)/gu, `${NO_BREAK}:`)
    .replace(/(?<=[\d}#])[ \u00a0\u202f]*%/g, `${NO_BREAK}%`)
    .replace(/(?<=\d) (?=\d{3}(?!\d))/g, NARROW)
}

export type MessageTree = { readonly [key: string]: string | MessageTree }

/** The same on every text of a tree of messages. */
export function withFrenchTypography<Tree extends object>(tree: Tree): Tree {
  return Object.fromEntries(
    Object.entries(tree).map(([key, value]) => [
      key,
      typeof value === 'string' ? frenchTypography(value) : withFrenchTypography(value),
    ]),
  ) as Tree
}
