import { createHash } from 'node:crypto'

/** Sources for script-src, one for each inline script of a page as it is served. */
export function inlineScriptHashes(html: string): string[] {
  const scripts = [...html.matchAll(/<script(?<attributes>[^>]*)>(?<text>[\s\S]*?)<\/script>/g)]
  const texts = scripts.flatMap(({ groups }) =>
    groups?.text && !/\ssrc=/.test(groups.attributes ?? '') ? [groups.text] : [],
  )
  return [...new Set(texts.map((text) => `sha256-${createHash('sha256').update(text).digest('base64')}`))]
}
