import type { Locale } from '@fieldback/i18n/locale'
import { shellTexts } from '@fieldback/i18n/phone-shell'

// The worker answers it by itself: no file of the application is needed to read it.
const STYLE = `:root{color-scheme:light dark;--ground:#f6f5f1;--ink:#1d1c19;--accent:#14624c;--on:#fff}
@media(prefers-color-scheme:dark){:root{--ground:#151412;--ink:#f3f0e9;--accent:#74cdab;--on:#06281d}}
body{margin:0;min-height:100vh;min-height:100dvh;display:grid;place-content:center;gap:16px;padding:24px;box-sizing:border-box;
background:var(--ground);color:var(--ink);font:16px/1.5 system-ui,sans-serif;text-align:center}
h1{margin:0;font-size:22px;line-height:1.25}p{margin:0;max-width:34ch}
a{justify-self:center;padding:14px 24px;border-radius:14px;background:var(--accent);color:var(--on);font-weight:600;text-decoration:none}`

/** Stands for a page of the server's that was asked for without a network, and leads to the phone. */
export function awayPage(locale: Locale): string {
  const text = shellTexts(locale)
  return `<!doctype html><html lang="${locale}"><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>${text('away.title')}</title><style>${STYLE}</style>
<main style="display:contents"><h1>${text('away.title')}</h1><p>${text('away.text')}</p><a href="/m">${text('away.open')}</a></main></html>
`
}
