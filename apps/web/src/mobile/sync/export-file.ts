/** A thing with what it says, line by line. */
export type ExportedPart = {
  readonly title: string
  readonly about: string
  readonly lines: readonly { readonly label: string; readonly text: string }[]
  readonly photos: readonly { readonly id: string; readonly jpeg: string | null }[]
}

export type ExportedFile = {
  readonly locale: string
  readonly title: string
  readonly about: string
  readonly parts: readonly ExportedPart[]
  /** Read by a machine; pictures stand in the page, under "photo-<id>". */
  readonly data: unknown
}

const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)

/** One file that a person reads in any browser, and a machine in its `script` of JSON: it needs nothing else. */
export function exportFile({ locale, title, about, parts, data }: ExportedFile): string {
  const sections = parts.map(
    ({ title, about, lines, photos }) => `<section>
<h2>${escaped(title)}</h2>
<p>${escaped(about)}</p>
<dl>${lines.map(({ label, text }) => `<dt>${escaped(label)}</dt><dd>${escaped(text)}</dd>`).join('\n')}</dl>
${photos.map(({ id, jpeg }) => (jpeg ? `<img id="photo-${escaped(id)}" src="${escaped(jpeg)}" alt="">` : '')).join('\n')}
</section>`,
  )
  // No text can end the script that holds it.
  const json = JSON.stringify(data, null, 1).replaceAll('<', '\\u003c')
  return `<!doctype html>
<html lang="${escaped(locale)}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escaped(title)}</title>
<style>
body { font: 16px/1.5 system-ui, sans-serif; max-width: 40rem; margin: 2rem auto; padding: 0 1rem; }
section { border-top: 1px solid #ccc; padding: .5rem 0 1rem; }
h2 { font-size: 1.1rem; margin: .5rem 0 0; } p { margin: 0 0 .5rem; color: #555; }
dt { font-size: .85rem; color: #555; } dd { margin: 0 0 .5rem; white-space: pre-line; overflow-wrap: anywhere; }
img { max-width: 100%; }
</style>
<h1>${escaped(title)}</h1>
<p>${escaped(about)}</p>
${sections.join('\n')}
<script type="application/json" id="fieldback">
${json}
</script>
</html>
`
}
