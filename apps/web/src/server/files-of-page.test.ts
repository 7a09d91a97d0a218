import { expect, it } from 'vitest'
import { filesOfPage } from './files-of-page.ts'

const BUILT: Readonly<Record<string, string>> = {
  'chunks/page.js': 'load(["static/chunks/later.js","static/chunks/gone.js"])',
  'chunks/later.js': 'load(["static/chunks/page.js","static/chunks/later.css"])',
  'chunks/later.css': '@font-face{src:url(../media/figtree.0a-1~b.woff2)format("woff2")}',
  'chunks/old.js': '',
  'chunks/desk.js': '',
  'media/figtree.0a-1~b.woff2': 'static/chunks/desk.js',
}
const read = (file: string) => (file in BUILT ? Buffer.from(BUILT[file] ?? '') : null)

it('finds what the page names and what that names in turn, and nothing of other pages or of old browsers', () => {
  const page =
    '<script src="/_next/static/chunks/page.js"></script><script src="/_next/static/chunks/old.js" noModule="">'
  expect([...filesOfPage(page, read).keys()]).toEqual([
    '/_next/static/chunks/later.css',
    '/_next/static/chunks/later.js',
    '/_next/static/chunks/page.js',
    '/_next/static/media/figtree.0a-1~b.woff2',
  ])
})

it('refuses a page in which no script is found', () => {
  expect(() => filesOfPage('<p>Nothing</p>', read)).toThrow('names no script')
})
