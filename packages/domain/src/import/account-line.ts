import { nameKey, normaliseEmail, oneLine } from '../account/normalise.ts'
import type { KnownTerritory, Territories } from './find-territory.ts'
import type { ImportMapping } from './import.ts'
import { LineReader, type StagedLine } from './line.ts'
import { readNumber, shownValue } from './read-cell.ts'

/** What a line says of an account; null where it says nothing. */
export type AccountLine = {
  readonly line: number
  readonly reader: LineReader
  readonly ref: string | null
  readonly name: string
  readonly kind: 'client' | 'prospect' | null
  readonly activity: string | null
  readonly street: string | null
  readonly postcode: string | null
  readonly city: string | null
  readonly phone: string | null
  readonly phoneRaw: string | null
  readonly email: string | null
  readonly emailRaw: string | null
  readonly visitEveryDays: number | null
  readonly territory: KnownTerritory | null
  readonly nameKey: string
  readonly matchKey: string
}

export type AccountReading = {
  readonly mapping: ImportMapping
  readonly columns: number
  readonly territories: Territories
  readonly phone: (raw: string) => string | null
}

const KINDS: Readonly<Record<string, 'client' | 'prospect'>> = {
  client: 'client',
  clients: 'client',
  customer: 'client',
  c: 'client',
  prospect: 'prospect',
  prospects: 'prospect',
  lead: 'prospect',
  p: 'prospect',
}
const DAYS_MAX = 3_650

/** Reads and normalises one line; what does not fit is on its reader. Answers to questions wait for the home. */
export function readAccountLine(
  staged: StagedLine,
  { mapping, columns, territories, phone }: AccountReading,
): AccountLine {
  const reader = new LineReader(staged, mapping, columns)
  const ref = reader.text('ref', 60)
  const name = reader.required('name', 200) ?? ''
  const postcode = reader.text('postcode', 20)
  const city = reader.text('city', 120)
  const phoneRaw = reader.text('phone', 60)
  const emailRaw = reader.text('email', 254)
  const key = nameKey(name)
  return {
    line: staged.line,
    reader,
    ref,
    name,
    kind: reader.read('kind', 'NOT_OPTION', (text) => KINDS[nameKey(text)] ?? null),
    activity: reader.text('activity', 120),
    street: reader.text('street', 200),
    postcode,
    city,
    phone: phoneRaw === null ? null : phone(phoneRaw),
    phoneRaw,
    email: reader.read('email', 'NOT_EMAIL', normaliseEmail),
    emailRaw,
    visitEveryDays: reader.read('visitEveryDays', 'NOT_NUMBER', (text) => {
      const days = readNumber(text)
      return days !== null && Number.isInteger(days) && days >= 1 && days <= DAYS_MAX ? days : null
    }),
    territory: readTerritory(reader, territories),
    nameKey: key,
    matchKey: ref === null ? `${key}|${placeKey(postcode, city)}` : `#${ref}`,
  }
}

/** The territory a line names, or null when it names none; what cannot be found is noted. */
export function readTerritory(reader: LineReader, territories: Territories): KnownTerritory | null {
  const text = oneLine(reader.raw('territory'))
  if (text === '') return null
  const found = territories.find(text)
  const value = shownValue(text)
  if (found === 'unknown') return reader.fault('territory', 'TERRITORY_UNKNOWN', { value })
  if (found === 'ambiguous') return reader.fault('territory', 'TERRITORY_AMBIGUOUS', { value })
  return found
}

const placeKey = (postcode: string | null, city: string | null): string =>
  nameKey(postcode ?? '') || nameKey(city ?? '')

type Place = { readonly postcode: string | null; readonly city: string | null }

/** Near by their postcode or their town; two without any place are taken as near. */
export function samePlace(a: Place, b: Place): boolean {
  const keys = ({ postcode, city }: Place) => [nameKey(postcode ?? ''), nameKey(city ?? '')] as const
  const [postcode, city] = keys(a)
  const [otherPostcode, otherCity] = keys(b)
  if (postcode + city === '') return otherPostcode + otherCity === ''
  return (postcode !== '' && postcode === otherPostcode) || (city !== '' && city === otherCity)
}
