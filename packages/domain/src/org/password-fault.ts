export const PASSWORD_MIN = 12
/** A bound, so that no megabyte is ever hashed. */
export const PASSWORD_MAX = 200

export type PasswordFault = 'short' | 'address' | 'common'

/** Long enough to pass the length rule, and among the first that anybody tries. */
const COMMON = new Set(
  `motdepasse12 motdepasse123 motdepasse1234 monmotdepasse monmotdepasse1 azertyuiop12 azertyuiop123 azertyuiop1234
   azertyuiopqsdf azertyazerty azerty123456 azerty12345678 qsdfghjklmwxcvbn bonjour12345 bonjour123456 soleil123456
   jetaimejetaime doudoudoudou marseille13000 chocolat12345 password1234 password12345 password123456 passwordpassword
   mypassword123 qwertyuiop12 qwertyuiop123 qwertyuiop1234 qwertyqwerty qwerty123456 qwerty12345678 qwertyuiopasdf
   asdfghjklzxcvbnm 1q2w3e4r5t6y 1qaz2wsx3edc iloveyou1234 iloveyouiloveyou welcome12345 welcome123456 letmein123456
   administrator administrateur admin1234567 admin12345678 changeme1234 changezmoi12 trustno1trustno1 sunshine1234
   football1234 baseball1234 superman1234 princess1234 fieldback1234 fieldback2026 fieldbackfieldback entreprise123
   commercial123 p@ssw0rd1234 p@ssw0rd12345 abcdefghijkl abcdefghijklm abc123abc123 123abc123abc`.split(
    /\s+/,
  ),
)

/** Fewer than this many different characters is a pattern, whatever its length: "111111111111", "ababababab". */
const DISTINCT_MIN = 5

/**
 * What makes a password easy to guess; null when nothing does. `short`: under 12 characters; `address`: the e-mail or its
 * first part, in any case, alone or with a few characters around; `common`: a known one, a run, or a pattern.
 */
export function passwordFault(password: string, email: string): PasswordFault | null {
  if ([...password].length < PASSWORD_MIN) return 'short'
  const small = password.toLowerCase()
  const address = email.trim().toLowerCase()
  const mailbox = address.split('@')[0] ?? ''
  if (address !== '' && isAround(small, address)) return 'address'
  if (mailbox.length >= 5 && isAround(small, mailbox)) return 'address'
  return COMMON.has(small) || new Set(small).size < DISTINCT_MIN || isRun(small) ? 'common' : null
}

/** The word itself with at most six more characters. */
const isAround = (password: string, word: string): boolean =>
  password.includes(word) && password.length - word.length <= 6

/** Every character one step from the one before, up or down: "abcdefghijkl", "210987654321". */
function isRun(text: string): boolean {
  const steps = [...text].slice(1).map((char, at) => char.charCodeAt(0) - text.charCodeAt(at))
  return steps.every((step) => step === 1 || step === -9) || steps.every((step) => step === -1 || step === 9)
}
