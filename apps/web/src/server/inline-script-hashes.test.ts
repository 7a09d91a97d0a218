import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { inlineScriptHashes } from './inline-script-hashes.ts'

const hash = (text: string) => `sha256-${createHash('sha256').update(text).digest('base64')}`

it('hashes each inline script once, as it is written, and leaves files alone', () => {
  const html = `<html><script>let a=1
</script><script src="/x.js" async=""></script><script id="_R_">let b="<p>"</script><script>let a=1
</script></html>`
  expect(inlineScriptHashes(html)).toEqual([hash('let a=1\n'), hash('let b="<p>"')])
})

it('finds none in a page without scripts', () => {
  expect(inlineScriptHashes('<p>x</p>')).toEqual([])
})
