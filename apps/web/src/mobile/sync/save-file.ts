/** Hands a text, or what was photographed, to the person as a file of the phone. */
export function saveFile(name: string, content: string | ArrayBuffer, type: string): void {
  const kind = typeof content === 'string' ? `${type};charset=utf-8` : type
  const address = URL.createObjectURL(new Blob([content], { type: kind }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  document.body.append(link)
  link.click()
  link.remove()
  // The download has its own hold on it once begun; some phones begin late.
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}
