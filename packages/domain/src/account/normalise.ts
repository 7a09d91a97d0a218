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

/** Turn the direction of all that follows, or are not seen at all: U+202A to 202E, U+2066 to 2069, U+200B, U+2060, U+FEFF. */
const UNSEEN = /[\u202A-\u202E\u2066-\u2069\u200B\u2060\uFEFF]/g

/**
 * A name as it is kept: on one line, without what would turn the text around it or hide in it. Anything else that can be
 * written stays, in any script. Empty when nothing of it would be seen.
 */
export function oneLine(raw: string): string {
  const line = raw
    .replace(UNSEEN, '')
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim()
  return /[^\p{C}\p{Z}\p{M}]/u.test(line) ? line : ''
}

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
