// Run after `next build`: the phone's service worker names every file that the page of /m may ask for, and is another
// one as soon as one of them is.
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { LOCALES } from '@fieldback/i18n/locale'
import { awayPage } from '../src/mobile/shell/away-page.ts'
import { type ShellBuild, serveShell } from '../src/mobile/shell/serve-shell.ts'
import { filesOfPage } from '../src/server/files-of-page.ts'

const web = join(import.meta.dirname, '..')
const output = join(web, process.env.NEXT_DIST_DIR || '.next')
const page = readFileSync(join(output, 'server', 'app', 'm.html'), 'utf8')
const icons = readdirSync(join(web, 'public', 'phone')).map((file) => `/phone/${file}`)
const built = filesOfPage(page, (file) => {
  const path = join(output, 'static', file)
  return existsSync(path) ? readFileSync(path) : null
})
const files = [...built.keys(), ...icons, '/phone.webmanifest']
const hash = (...parts: readonly (string | Buffer)[]): string =>
  parts.reduce((sum, part) => sum.update(part), createHash('sha256')).digest('hex')

const away = LOCALES.map((locale) => [locale, awayPage(locale)] as const)
const build: ShellBuild = {
  key: hash(page, ...files, ...built.values(), JSON.stringify(away)).slice(0, 16),
  pageHash: hash(page),
  files,
  away,
}
writeFileSync(join(output, 'phone-worker.js'), `(${serveShell})(self, ${JSON.stringify(build)})\n`)
process.stdout.write(`/m: ${files.length} files kept on the phone\n`)
