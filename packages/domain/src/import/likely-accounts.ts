import { accountLikeness, likelyDuplicates, namesAlike } from '../account/duplicates.ts'
import { nameKey } from '../account/normalise.ts'

/** What an account or a line is compared by. */
export type Looks = {
  readonly id: string
  readonly ref: string | null
  readonly name: string
  readonly phone: string | null
  readonly email: string | null
  readonly postcode: string | null
  readonly city: string | null
  /** How its name sounds; null when it has none. Names that sound the same are candidates anywhere in a department. */
  readonly sketch: string | null
}

export type Likely<T> = { readonly of: T; readonly score: number; readonly reasons: readonly string[] }

/** Below what a close name at the same place says: towns of a department share names. */
const SAME_DEPARTMENT = 0.55
const ALIKE_SAME_DEPARTMENT = 0.45

/**
 * Those of `others` that may be the same account, surest first. Beyond `likelyDuplicates`, the same name or one that
 * differs by its spelling in the same French department counts, where nothing that both have says otherwise: neither
 * number, telephone nor e-mail. Nor does a name that is only close count against these: two bakeries of a town have words
 * in common. Two numbers are the organisation's own word that these are two: a telephone then says nothing more unless
 * the names are alike, since shops of a chain share a switchboard.
 */
export function likelyAccounts<T extends Looks>(candidate: Looks, others: readonly T[]): Likely<T>[] {
  const near = new Map(
    likelyDuplicates(accountLikeness(candidate), others.map(accountLikeness)).map((found) => [
      found.id,
      found,
    ]),
  )
  return others
    .flatMap((of): Likely<T>[] => {
      const { score = 0, reasons = [] } = near.get(of.id) ?? {}
      if (saysLittle(reasons, candidate, of)) return []
      const named = reasons.some((reason) => reason !== 'phone' && reason !== 'email')
      const wider = named ? null : sameDepartment(candidate, of)
      if (wider === null) return reasons.length === 0 ? [] : [{ of, score, reasons }]
      const sure = 1 - (1 - score) * (1 - wider.score)
      return [{ of, score: Math.round(sure * 1000) / 1000, reasons: [...reasons, wider.reason] }]
    })
    .sort((a, b) => b.score - a.score || (a.of.id < b.of.id ? -1 : 1))
}

/** A score in a word: `high` for two strong reasons or an e-mail, `low` for what only deserves a look. */
export function surenessOf(score: number): 'high' | 'middle' | 'low' {
  if (score >= 0.85) return 'high'
  return score >= 0.6 ? 'middle' : 'low'
}

function sameDepartment(a: Looks, b: Looks): { score: number; reason: string } | null {
  const department = departmentOf(a.postcode)
  if (department === null || department !== departmentOf(b.postcode)) return null
  if (otherwise(a, b) || nameKey(a.name) === '') return null
  if (nameKey(a.name) === nameKey(b.name)) return { score: SAME_DEPARTMENT, reason: 'name_same_department' }
  return a.sketch !== null && a.sketch === b.sketch && alike(a, b)
    ? { score: ALIKE_SAME_DEPARTMENT, reason: 'close_name_same_department' }
    : null
}

/** Whether what two have in common is less than what tells them apart. */
function saysLittle(reasons: readonly string[], a: Looks, b: Looks): boolean {
  if (reasons.length === 0 || alike(a, b)) return false
  const weak = differ(a.ref, b.ref) ? ['phone', 'close_name_same_place'] : ['close_name_same_place']
  return otherwise(a, b) && reasons.every((reason) => weak.includes(reason))
}

const alike = (a: Looks, b: Looks): boolean => namesAlike(nameKey(a.name), nameKey(b.name))

/** Both have a number, a telephone or an e-mail, and not the same. */
const otherwise = (a: Looks, b: Looks): boolean =>
  differ(a.ref, b.ref) || differ(a.phone, b.phone) || differ(a.email, b.email)

const differ = (a: string | null, b: string | null): boolean => a !== null && b !== null && a !== b

/** The French department of a postcode as it is written, overseas with three digits; null for what is no French postcode. */
export function departmentOf(postcode: string | null): string | null {
  const digits = (postcode ?? '').replace(/\s/g, '')
  if (!/^\d{5}$/.test(digits)) return null
  return digits.slice(0, /^9[78]/.test(digits) ? 3 : 2)
}
