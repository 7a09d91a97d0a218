const LETTERS: Readonly<Record<string, string>> = {
  œ: 'oe',
  æ: 'ae',
  ß: 'ss',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
}

/** "s.a.r.l." as one word. */
const INITIALS = /(^|[^\p{L}\p{N}.])((?:\p{L}\.)+\p{L}?)(?![\p{L}\p{N}])/gu

/**
 * The form a name is searched and compared by: lower case, no accents, punctuation as single spaces, initials joined
 * ("S.A.R.L." is "sarl"). Legal forms stay. Empty when no letter or digit is left.
 */
export const nameKey = (text: string): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(/[œæßøłđðþ]/g, (letter) => LETTERS[letter] ?? letter)
    .replace(INITIALS, (_, before: string, initials: string) => before + initials.replaceAll('.', ''))
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

/** A person's key, family name first, as lists are sorted and searched. */
export const personKey = (firstName: string, lastName: string): string => nameKey(`${lastName} ${firstName}`)

/** One @, a dotted domain, nothing that cannot be posted; the mailbox itself is only known by writing to it. */
const EMAIL =
  /^[\p{L}\p{N}!#$%&'*+/=?^_`{|}~-]+(\.[\p{L}\p{N}!#$%&'*+/=?^_`{|}~-]+)*@([\p{L}\p{N}]([\p{L}\p{N}-]*[\p{L}\p{N}])?\.)+[\p{L}\p{N}]([\p{L}\p{N}-]*[\p{L}\p{N}])$/u

/** Trimmed, lower case; null when it is not an address (RFC 5321 lengths: 64 before the @, 254 in all). */
export function normaliseEmail(raw: string): string | null {
  const email = raw.trim().toLowerCase()
  return email.length <= 254 && email.indexOf('@') <= 64 && EMAIL.test(email) ? email : null
}

const PARTICLES = new Set(['de', 'du', 'des', 'la', 'le', 'les', 'd', 'von', 'van', 'der', 'den', 'di', 'da'])

/**
 * A first or last name as it is written: single spaces; all capitals or all small letters become "Jean-Pierre" and
 * "de la Tour"; what was typed with care is kept.
 */
export function personName(raw: string): string {
  const name = raw.trim().replace(/\s+/gu, ' ')
  const small = name.toLowerCase()
  if (name !== small && name !== name.toUpperCase()) return name
  return small.replace(/\p{L}[\p{L}\p{M}]*/gu, (word) =>
    PARTICLES.has(word) && word !== small ? word : word.charAt(0).toUpperCase() + word.slice(1),
  )
}
