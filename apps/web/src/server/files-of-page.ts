// By address in the page, from the folder of the build in scripts, from their own in style sheets.
const NAMED = /(?:static|\.\.)\/((?:chunks|media)\/[\w.~-]+\.\w+)/g
/** Fetched by browsers without modules, which have no service worker that could keep it. */
const FOR_OLD_BROWSERS = /<script[^>]*\snoModule[^>]*>/g

/**
 * Every built file that a page may ask for, by its address: those that its HTML names, and what these name in turn, so
 * that screens loaded later are among them. `read` answers a file under `static/`, null for what is none.
 */
export function filesOfPage(html: string, read: (file: string) => Buffer | null): Map<string, Buffer> {
  const found = new Map<string, Buffer>()
  const visit = (text: string): void => {
    for (const [, file = ''] of text.matchAll(NAMED)) {
      const address = `/_next/static/${file}`
      const content = found.has(address) ? null : read(file)
      if (!content) continue
      found.set(address, content)
      if (/\.(?:js|css)$/.test(file)) visit(content.toString('utf8'))
    }
  }
  visit(html.replace(FOR_OLD_BROWSERS, ''))
  if (![...found.keys()].some((address) => address.endsWith('.js')))
    throw new Error('The page of /m names no script: its files are no longer found.')
  return new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)))
}
