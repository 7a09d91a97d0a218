/**
 * A name with a dot in it, then a port, a path. No "user@": what stands before the @ would be read as the site. No other
 * scheme than the web's: what was typed by one person is opened by another.
 */
const WEB =
  /^(?:(https?):\/\/)?((?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+\p{L}[\p{L}\p{N}-]*)(:\d{1,5})?((?:[/?#][^\s\p{C}\\]*)?)$/iu

/** With its scheme, site in lower case, path as typed; null when it cannot be opened as a page of the web. */
export function normaliseWebAddress(raw: string): string | null {
  const [whole, scheme = 'https', site = '', port = '', path = ''] = WEB.exec(raw.trim()) ?? []
  if (whole === undefined) return null
  return `${scheme.toLowerCase()}://${site.toLowerCase()}${port}${path}`
}
