/** What `npm run generate` was asked for. */
export type LoadOptions = {
  readonly slug: string
  readonly reports: number
  readonly seed: number
  readonly replace: boolean
}

const REPORTS_LEAST = 1_000
const REPORTS_MOST = 10_000_000
const SEED_MOST = 1_000_000
const SLUG = /^[a-z][a-z0-9-]{0,30}$/
/** The demonstration's own. */
const TAKEN: readonly string[] = ['demo', 'other']
const USAGE = 'Usage: npm run generate -- --org load --reports 1000000 [--seed 1] [--replace]'

/** Something that was asked and cannot be: one sentence for the person who typed it. */
export class Refused extends Error {}

/** Reads `--org`, `--reports`, `--seed` and `--replace`; throws Refused. */
export function readLoadArguments(given: readonly string[]): LoadOptions {
  const options = new Map<string, string>()
  let replace = false
  for (let at = 0; at < given.length; at++) {
    const name = given[at] ?? ''
    if (name === '--replace') {
      replace = true
      continue
    }
    const value = given[at + 1]
    if (!['--org', '--reports', '--seed'].includes(name) || value === undefined)
      throw new Refused(`"${name}" is not understood. ${USAGE}`)
    options.set(name, value)
    at += 1
  }
  return {
    slug: readSlug(options.get('--org') ?? 'load'),
    reports: readCount('--reports', options.get('--reports'), [REPORTS_LEAST, REPORTS_MOST]),
    seed: readCount('--seed', options.get('--seed') ?? '1', [0, SEED_MOST]),
    replace,
  }
}

function readSlug(text: string): string {
  if (SLUG.test(text) && !TAKEN.includes(text)) return text
  throw new Refused(
    `--org is "${text}"; give a short name in small letters, digits and hyphens, other than ${TAKEN.join(' and ')}.`,
  )
}

type Bounds = readonly [least: number, most: number]

function readCount(name: string, text: string | undefined, [least, most]: Bounds): number {
  if (text === undefined) throw new Refused(`${name} is missing. ${USAGE}`)
  const count = /^\d{1,12}$/.test(text) ? Number(text) : Number.NaN
  if (count >= least && count <= most) return count
  const number = (value: number): string => value.toLocaleString('en')
  throw new Refused(`${name} is "${text}"; give a whole number from ${number(least)} to ${number(most)}.`)
}
