const NO_BREAK = '\u00a0'
const pairs = (digits: string) => digits.match(/\d{2}/g)?.join(NO_BREAK) ?? digits

/** French numbers, of the mainland and overseas, as they are read aloud there; others as they are kept (E.164). */
export function formatPhone(e164: string): string {
  const mainland = /^\+33([1-9])(\d{8})$/.exec(e164)
  if (mainland) return `0${mainland[1]}${NO_BREAK}${pairs(mainland[2] ?? '')}`
  const overseas = /^\+(?:262|590|594|596)(\d{3})(\d{6})$/.exec(e164)
  if (overseas) return `0${overseas[1]}${NO_BREAK}${pairs(overseas[2] ?? '')}`
  return e164
}
