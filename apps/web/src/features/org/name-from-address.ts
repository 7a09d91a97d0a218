/** A name proposed from a work address: "claire.aubert@delmas.fr" is Claire Aubert; null when the address tells none. */
export function nameFromAddress(email: string): string | null {
  const words = (email.split('@')[0] ?? '').split(/[._-]+/).filter((word) => /^\p{L}{2,}$/u.test(word))
  if (words.length < 2) return null
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase()).join(' ')
}
