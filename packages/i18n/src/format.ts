import { formatPhone } from './phone-number.ts'

const NO_BREAK = '\u00a0'

/** Days are YYYY-MM-DD and belong to no time zone; instants are ISO 8601 or Date. */
export type Formats = {
  readonly locale: string
  /** 1 042; decimals: at most that many. */
  number(value: number, decimals?: number): string
  /** 0.31 is 31 %. */
  percent(ratio: number, decimals?: number): string
  /** Signed, for changes: + 4, − 2, 0. */
  change(value: number, decimals?: number): string
  /** « 12 novembre 2026 » ; `short` « 12 nov. » ; `weekday` « jeudi 12 novembre » ; `numeric` 12/11/2026 ; `initial` J. */
  day(day: string, style?: DayStyle): string
  /** « novembre 2026 » of YYYY-MM or YYYY-MM-DD. */
  month(month: string, style?: 'long' | 'short'): string
  /** « aujourd’hui », « hier », « il y a 3 jours », « dans 2 semaines ». */
  dayFrom(day: string, today: string): string
  /** The day (YYYY-MM-DD) an instant falls on, in the given time zone. */
  dayOf(instant: string | Date): string
  /** 14:05 in the given time zone. */
  time(instant: string | Date): string
  /** « 12 nov. 2026, 14:05 » in the given time zone. */
  instant(instant: string | Date): string
  /** 1 250,50 €, 1 250 € where nothing follows the comma; `currency` of ISO 4217. */
  money(value: number, currency: string): string
  /** €, CHF: what is written beside an amount. */
  currency(currency: string): string
  /** 45 min, 1 h, 26 h 30. */
  minutes(minutes: number): string
  /** 47 s, 3 min, 1 h 20, 2 j. */
  duration(seconds: number): string
  /** 850 m, 3,2 km. */
  distance(metres: number): string
  /** National for French numbers, else as kept. */
  phone(e164: string): string
  /** « Pau, Bayonne et Dax » */
  list(items: readonly string[]): string
}
export type DayStyle = 'long' | 'short' | 'weekday' | 'numeric' | 'initial'

const DAY_STYLES: Readonly<Record<DayStyle, Intl.DateTimeFormatOptions>> = {
  long: { day: 'numeric', month: 'long', year: 'numeric' },
  short: { day: 'numeric', month: 'short' },
  weekday: { weekday: 'long', day: 'numeric', month: 'long' },
  numeric: { day: '2-digit', month: '2-digit', year: 'numeric' },
  initial: { weekday: 'narrow' },
}

/** Everything a screen writes that is not a sentence, in the reader's language; instants in the organisation's time zone. */
export function openFormats(locale: string, timeZone: string): Formats {
  const tag = locale === 'en' ? 'en-GB' : locale
  const numbers = remember(
    (decimals: number) => new Intl.NumberFormat(tag, { maximumFractionDigits: decimals }),
  )
  const percents = remember(
    (decimals: number) => new Intl.NumberFormat(tag, { style: 'percent', maximumFractionDigits: decimals }),
  )
  const days = remember(
    (style: DayStyle) => new Intl.DateTimeFormat(tag, { ...DAY_STYLES[style], timeZone: 'UTC' }),
  )
  const months = remember(
    (month: 'long' | 'short') => new Intl.DateTimeFormat(tag, { month, year: 'numeric', timeZone: 'UTC' }),
  )
  const times = remember(() => new Intl.DateTimeFormat(tag, { hour: '2-digit', minute: '2-digit', timeZone }))
  const instants = remember(
    () =>
      new Intl.DateTimeFormat(tag, {
        ...DAY_STYLES.short,
        year: 'numeric',
        hour: '2-digit',
        minute: '2-digit',
        timeZone,
      }),
  )
  const moneys = remember(
    (how: string) =>
      new Intl.NumberFormat(tag, {
        style: 'currency',
        currency: how.slice(0, 3),
        ...(how.length > 3 ? { maximumFractionDigits: 0 } : {}),
      }),
  )
  const relative = remember((numeric: 'auto' | 'always') => new Intl.RelativeTimeFormat(tag, { numeric }))
  const lists = remember(() => new Intl.ListFormat(tag, { type: 'conjunction' }))
  const number = (value: number, decimals = 0) => numbers(decimals).format(value)
  // « 1er août »: Intl leaves the first of a month as it counts the others.
  const ordinal = (text: string) => (locale === 'fr' ? text.replace(/\b1 (?=\D)/, '1er ') : text)
  return {
    locale,
    number,
    percent: (ratio, decimals = 0) => percents(decimals).format(ratio).replace(/\s%/, `${NO_BREAK}%`),
    change: (value, decimals = 0) => {
      const size = number(Math.abs(value), decimals)
      if (size === number(0)) return size
      return `${value < 0 ? '−' : '+'}${NO_BREAK}${size}`
    },
    day: (day, style = 'long') => apostrophe(ordinal(days(style).format(noon(day)))),
    month: (month, style = 'long') => months(style).format(noon(`${month.slice(0, 7)}-01`)),
    dayFrom: (day, today) =>
      apostrophe(fromDays(relative, Math.round((+noon(day) - +noon(today)) / 86_400_000))),
    dayOf: (instant) => new Intl.DateTimeFormat('en-CA', { timeZone }).format(new Date(instant)),
    time: (instant) => times().format(new Date(instant)),
    instant: (instant) => ordinal(instants().format(new Date(instant))),
    money: (value, currency) => {
      // A question of another version may name none.
      if (currency === '') return number(value, 2)
      return moneys(Number.isInteger(value) ? `${currency}0` : currency).format(value)
    },
    currency: (currency) =>
      moneys(currency)
        .formatToParts(0)
        .find(({ type }) => type === 'currency')?.value ?? currency,
    minutes: hoursAndMinutes,
    duration: (seconds) => duration(seconds, locale === 'fr' ? 'j' : 'd'),
    distance: (metres) =>
      metres < 1_000
        ? `${number(Math.round(metres / 10) * 10)}${NO_BREAK}m`
        : `${number(metres / 1_000, metres < 10_000 ? 1 : 0)}${NO_BREAK}km`,
    phone: formatPhone,
    list: (items) => lists().format(items),
  }
}

const noon = (day: string) => new Date(`${day}T12:00:00Z`)
const apostrophe = (text: string) => text.replaceAll("'", '’')

type Relative = (numeric: 'auto' | 'always') => Intl.RelativeTimeFormat

/**
 * Days up to two weeks, then weeks, months, years: the unit a person would say. Only days have names ("yesterday"), and
 * years are counted from two on: twenty months ahead is neither "next year" nor "in 1 year".
 */
function fromDays(relative: Relative, days: number): string {
  const size = Math.abs(days)
  if (size < 14) return relative('auto').format(days, 'day')
  if (size < 60) return relative('always').format(Math.trunc(days / 7), 'week')
  if (size < 731) return relative('always').format(Math.round(days / 30.44), 'month')
  return relative('always').format(Math.trunc(days / 365.25), 'year')
}

function duration(seconds: number, dayUnit: string): string {
  const whole = Math.round(seconds)
  if (whole < 60) return `${whole}${NO_BREAK}s`
  const minutes = Math.round(whole / 60)
  const hours = Math.floor(minutes / 60)
  return hours < 24 ? hoursAndMinutes(minutes) : `${Math.round(hours / 24)}${NO_BREAK}${dayUnit}`
}

function hoursAndMinutes(minutes: number): string {
  const hours = Math.floor(minutes / 60)
  const rest = minutes % 60
  if (hours === 0) return `${rest}${NO_BREAK}min`
  const whole = `${hours}${NO_BREAK}h`
  return rest === 0 ? whole : `${whole}${NO_BREAK}${String(rest).padStart(2, '0')}`
}

/** Intl objects are dear to make (about 50 µs each): one per shape, made when first needed. */
function remember<Key extends string | number, Value>(make: (key: Key) => Value): (key?: Key) => Value {
  const made = new Map<Key | undefined, Value>()
  return (key) => {
    const known = made.get(key) ?? make(key as Key)
    made.set(key, known)
    return known
  }
}
