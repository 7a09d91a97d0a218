// Run after `next build`: the phone's page is static, so its policy names its inline scripts by hash.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { inlineScriptHashes } from '../src/server/inline-script-hashes.ts'

const output = join(import.meta.dirname, '..', process.env.NEXT_DIST_DIR || '.next')
const html = readFileSync(join(output, 'server', 'app', 'm.html'), 'utf8')
const hashes = inlineScriptHashes(html)
// The theme's script is always there: none found means that the page has changed shape.
if (hashes.length === 0)
  throw new Error('The page of /m holds no inline script: its policy would block it whole.')
writeFileSync(join(output, 'phone-csp.json'), JSON.stringify(hashes))
process.stdout.write(`/m: ${hashes.length} inline scripts hashed\n`)
