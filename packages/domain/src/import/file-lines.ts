import type { AccountLine } from './account-line.ts'
import { samePlace } from './account-line.ts'
import { type Likely, type Looks, likelyAccounts } from './likely-accounts.ts'
import { indexNear, placesOf } from './near-names.ts'

/** A line of the file as others are compared with it. */
export type FileLine = Looks & { readonly line: number; readonly nameKey: string }

/** How the names of a batch sound, by their keys. */
export type Sketches = ReadonlyMap<string, string>

export const fileLine = (line: AccountLine, sketches: Sketches): FileLine => ({
  id: String(line.line).padStart(9, '0'),
  line: line.line,
  nameKey: line.nameKey,
  ref: line.ref,
  name: line.name,
  phone: line.phone,
  email: line.email,
  postcode: line.postcode,
  city: line.city,
  sketch: sketches.get(line.nameKey) ?? null,
})

/**
 * Lines of the file that would each make an account: those before a batch, and those of the batch as they are decided.
 * One that a record is known for already is found by its record.
 */
export class FileLines {
  private readonly taken: Set<number>
  private readonly index: ReturnType<typeof indexLines>

  constructor(earlier: readonly FileLine[], batch: readonly FileLine[]) {
    this.taken = new Set(earlier.map(({ line }) => line))
    this.index = indexLines([...earlier, ...batch])
  }

  add({ line }: FileLine): void {
    this.taken.add(line)
  }

  /** An earlier line with this name at this place, whose number does not say otherwise. */
  same(of: FileLine): FileLine | null {
    for (const other of this.index.named(of.nameKey))
      if (
        this.isBefore(other, of) &&
        samePlace(other, of) &&
        (of.ref === null || other.ref === null || of.ref === other.ref)
      )
        return other
    return null
  }

  /** Earlier lines that may be the same account, surest first. */
  likely(of: FileLine): Likely<FileLine>[] {
    const near = new Set(this.index.near(of).filter((other) => this.isBefore(other, of)))
    return likelyAccounts(of, [...near])
  }

  private isBefore({ line }: FileLine, of: FileLine): boolean {
    return line < of.line && this.taken.has(line)
  }
}

function indexLines(lines: readonly FileLine[]) {
  const index = new Map<string, FileLine[]>()
  const keysOf = ({ nameKey, sketch, phone, email }: FileLine): string[] => [
    `n ${nameKey}`,
    ...(sketch === null ? [] : [`s ${sketch}`]),
    ...(phone === null ? [] : [`p ${phone}`]),
    ...(email === null ? [] : [`e ${email}`]),
  ]
  for (const line of lines)
    for (const key of keysOf(line)) {
      const list = index.get(key)
      if (list) list.push(line)
      else index.set(key, [line])
    }
  const near = indexNear(lines, (line) => ({ key: line.nameKey, places: placesOf(line) }))
  return {
    named: (nameKey: string): readonly FileLine[] => index.get(`n ${nameKey}`) ?? [],
    near: (of: FileLine): FileLine[] => [
      ...keysOf(of).flatMap((key) => index.get(key) ?? []),
      ...near(of.nameKey, placesOf(of)),
    ],
  }
}
