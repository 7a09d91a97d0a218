import type { Random } from './random.ts'

/** As typed and in E.164. */
export type Phone = { readonly raw: string; readonly e164: string | null }

/**
 * Numbers that the French regulator reserves for fiction, so that nobody is ever called by mistake: one landline block
 * per zone and one mobile block (ARCEP, numbering plan). Overseas shares the first.
 */
const LANDLINES: Readonly<Record<string, string>> = {
  '01': '019900',
  '02': '026191',
  '03': '035301',
  '04': '046571',
  '05': '053649',
}
const MOBILES = '063998'

const ZONE_BY_DEPARTMENT: readonly (readonly [zone: string, departments: string])[] = [
  ['01', '75 77 78 91 92 93 94 95'],
  ['02', '14 18 22 27 28 29 35 36 37 41 44 45 49 50 53 56 61 72 76 85'],
  ['03', '02 08 10 21 25 39 51 52 54 55 57 58 59 60 62 67 68 70 71 80 88 89 90'],
  ['04', '01 03 04 05 06 07 11 13 15 26 2A 2B 30 34 38 42 43 48 63 66 69 73 74 83 84'],
]

const zoneOf = (department: string): string =>
  ZONE_BY_DEPARTMENT.find(([, departments]) => departments.split(' ').includes(department))?.[0] ?? '05'

const spaced = (digits: string): string => digits.replace(/(\d\d)(?=\d)/g, '$1 ')

const BLOCK = 10_000

/** Hands out the numbers of each block once, in an order that looks like chance. */
export class PhoneBook {
  readonly #given = new Map<string, number>()
  readonly #random: Random

  constructor(random: Random) {
    this.#random = random
  }

  landline(department: string): Phone {
    return this.#next(LANDLINES[zoneOf(department)] ?? MOBILES)
  }

  mobile(): Phone {
    return this.#next(MOBILES)
  }

  #next(block: string): Phone {
    const count = this.#given.get(block) ?? 0
    if (count >= BLOCK) throw new Error(`All numbers of ${block} were given`)
    this.#given.set(block, count + 1)
    // 7919 and 10,000 share no divisor, so every number comes once.
    const digits = block + String((count * 7919 + 137) % BLOCK).padStart(4, '0')
    // Now and then somebody typed one digit too few: kept as typed, without a number.
    if (this.#random.chance(0.004)) return { raw: spaced(digits.slice(0, 9)), e164: null }
    return { raw: this.#random.chance(0.8) ? spaced(digits) : digits, e164: `+33${digits.slice(1)}` }
  }
}
