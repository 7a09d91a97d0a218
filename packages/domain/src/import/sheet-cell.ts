/** How a number of a sheet is shown: as a day, padded with zeros ("00000" for a postcode), or as it is. */
export type NumberShape =
  | { readonly as: 'day' }
  | { readonly as: 'padded'; readonly width: number }
  | { readonly as: 'number' }

/** Formats that have a number of their own and no code in the file. Source: ECMA-376, part 1, 18.8.30. */
const isBuiltInDay = (id: number): boolean =>
  (id >= 14 && id <= 17) || id === 22 || (id >= 27 && id <= 36) || (id >= 50 && id <= 58)

/** What a number format makes of a number; `code` is null for a built-in one. */
export function numberShape(id: number, code: string | null): NumberShape {
  if (code === null) return isBuiltInDay(id) ? { as: 'day' } : { as: 'number' }
  if (/^0{2,}$/.test(code)) return { as: 'padded', width: code.length }
  const bare = code.replace(/"[^"]*"|\\.|\[[^\]]*\]|_./g, '')
  return /[dy]/i.test(bare) && !/general/i.test(bare) ? { as: 'day' } : { as: 'number' }
}

const DAY_MS = 86_400_000
/** Days from 1899-12-30 to 1970-01-01, and from 1904-01-01. */
const EPOCH = 25_569
const EPOCH_1904 = 24_107
const LAST_SERIAL = 2_958_465

/** The text of a stored number. Sheets of the 1900 calendar believe in a 29 February 1900: days before it are one behind. */
export function sheetNumber(stored: string, shape: NumberShape, from1904: boolean): string {
  const value = Number(stored)
  if (stored.trim() === '' || !Number.isFinite(value)) return stored
  if (shape.as === 'day' && value >= 1 && value <= LAST_SERIAL) {
    const serial = Math.floor(value) + (!from1904 && value < 60 ? 1 : 0)
    return isoDay((serial - (from1904 ? EPOCH_1904 : EPOCH)) * DAY_MS)
  }
  // Fifteen digits are what a sheet shows: 0.1 + 0.2 is stored with a tail.
  const text = String(Number(value.toPrecision(15)))
  return shape.as === 'padded' ? text.padStart(shape.width, '0') : text
}

const isoDay = (milliseconds: number): string => new Date(milliseconds).toISOString().slice(0, 10)

/** Column of a cell's name ("C7" is 2); null when it is no name. */
export function columnOf(name: string): number | null {
  const letters = /^([A-Z]{1,3})[0-9]*$/.exec(name)?.[1]
  if (letters === undefined) return null
  return [...letters].reduce((column, letter) => column * 26 + letter.charCodeAt(0) - 64, 0) - 1
}

/** Sheets write what XML cannot hold as _xHHHH_. */
export const unescaped = (text: string): string =>
  text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
