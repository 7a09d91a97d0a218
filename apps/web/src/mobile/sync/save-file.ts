/** Hands a text to the person as a file of the phone. */
export function saveFile(name: string, text: string, type: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  document.body.append(link)
  link.click()
  link.remove()
  // The download has its own hold on the text once begun; some phones begin late.
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}
