/**
 * Answers a function that tells whether a path of the context ('/' between) is kept out by a .dockerignore: by a line
 * that names it or a folder above it. Negation is refused: it would need the order of the lines.
 */
export function readIgnored(text) {
  const lines = text.split('\n').map((line) => line.trim())
  const patterns = lines.filter((line) => line !== '' && !line.startsWith('#'))
  if (patterns.some((line) => line.startsWith('!'))) throw new Error('.dockerignore: "!" is not understood')
  const matchers = patterns.map(toExpression)
  return (path) => {
    const parts = path.split('/')
    const above = parts.map((_, i) => parts.slice(0, i + 1).join('/'))
    return above.some((each) => matchers.some((matcher) => matcher.test(each)))
  }
}

function toExpression(pattern) {
  const body = pattern
    .replace(/\/$/, '')
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*\*\//g, '\u0000')
    .replace(/\*/g, '[^/]*')
    .replaceAll('\u0000', '(?:.*/)?')
  return new RegExp(`^${body}$`)
}
