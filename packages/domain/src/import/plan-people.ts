import { ROLES, type Role } from '../access/permissions.ts'
import { nameKey, normaliseEmail, personName } from '../account/normalise.ts'
import { readTerritory } from './account-line.ts'
import type { Territories } from './find-territory.ts'
import type { ImportMapping } from './import.ts'
import {
  type Earlier,
  LineReader,
  type LineVerdict,
  refusedLine,
  type StagedLine,
  Twice,
  takenLine,
} from './line.ts'
import { readDay, shownValue } from './read-cell.ts'

/** A role on a territory, from a day to a day, both inclusive. */
export type WantedRole = {
  readonly role: Role
  readonly territoryId: string
  readonly validFrom: string
  readonly validTo: string | null
}

export type PersonLine = {
  readonly line: number
  readonly reader: LineReader
  readonly email: string
  readonly displayName: string
  readonly locale: 'fr' | 'en' | null
  readonly role: WantedRole | null
}

const ROLE_WORDS: Readonly<Record<Role, string>> = {
  rep: 'commercial, commerciale, commerciaux, rep, reps, sales rep, sales representative, representant, representante, vendeur, vendeuse, technico commercial, technico commerciale, vrp, delegue, deleguee, rep commercial',
  manager:
    'responsable, manager, manageur, chef, cheffe, chef des ventes, cheffe des ventes, responsable des ventes, responsable de secteur, sales manager, directeur regional, directrice regionale, animateur, animatrice',
  headquarters: 'siege, headquarters, hq, head office, direction, siege social, national',
  administrator: 'administrateur, administratrice, administration, administrator, admin',
}
const ROLE_OF = new Map(
  ROLES.flatMap((role) => ROLE_WORDS[role].split(', ').map((word) => [word, role] as const)),
)

const LOCALE_OF: Readonly<Record<string, 'fr' | 'en'>> = {
  fr: 'fr',
  francais: 'fr',
  francaise: 'fr',
  french: 'fr',
  en: 'en',
  anglais: 'en',
  anglaise: 'en',
  english: 'en',
}

export type PersonReading = {
  readonly mapping: ImportMapping
  readonly columns: number
  readonly territories: Territories
  /** The top of the tree: where roles of the whole organisation are held. */
  readonly rootId: string | null
  /** The organisation's local day: roles begin today at the earliest, since the past is not opened afterwards. */
  readonly day: string
}

export function readPersonLine(staged: StagedLine, reading: PersonReading): PersonLine {
  const reader = new LineReader(staged, reading.mapping, reading.columns)
  const email =
    reader.raw('email').trim() === ''
      ? reader.fault('email', 'MISSING', {})
      : reader.read('email', 'NOT_EMAIL', normaliseEmail)
  const lastName = reader.required('name', 100)
  const firstName = reader.text('firstName', 100)
  const displayName = [firstName, lastName]
    .flatMap((part) => (part === null ? [] : personName(part)))
    .join(' ')
  if (displayName.length > 120) reader.fault('name', 'TOO_LONG', { max: 120 })
  return {
    line: staged.line,
    reader,
    email: email ?? '',
    displayName,
    locale: reader.read('locale', 'NOT_OPTION', (text) => LOCALE_OF[nameKey(text)] ?? null),
    role: readRole(reader, reading),
  }
}

/** Null for somebody who is given no role yet. A role of the whole organisation needs no territory; a territory needs a role. */
function readRole(reader: LineReader, { territories, rootId, day }: PersonReading): WantedRole | null {
  const role = reader.read('role', 'ROLE_UNKNOWN', (text) => ROLE_OF.get(nameKey(text)) ?? null)
  const before = reader.faults.length
  const named = readTerritory(reader, territories)
  const validFrom = later(reader.read('from', 'NOT_DATE', readDay), day)
  const validTo = reader.read('to', 'NOT_DATE', readDay)
  if (reader.faults.length > before) return null
  if (role === null) {
    if (named !== null && reader.raw('role').trim() === '') reader.fault('role', 'MISSING', {})
    return null
  }
  const territoryId = named?.id ?? (role === 'headquarters' || role === 'administrator' ? rootId : null)
  if (territoryId === null) return reader.fault('territory', 'MISSING', {})
  if (validTo !== null && validTo < validFrom)
    return reader.fault('to', 'DATES_REVERSED', { value: shownValue(validTo) })
  return { role, territoryId, validFrom, validTo }
}

const later = (day: string | null, today: string): string => (day !== null && day > today ? day : today)

/** Says "the same role of the same person" within a file. */
export const personKeyOf = ({ email, role }: PersonLine): string =>
  `${email}|${role ? `${role.role}|${role.territoryId}` : ''}`

/** A member as he stands, with the roles that have not ended. */
export type KnownMember = {
  readonly email: string
  readonly membershipId: string
  readonly revoked: boolean
  readonly roles: readonly { readonly role: Role; readonly territoryId: string }[]
}

export type PeoplePlan = {
  readonly verdicts: readonly LineVerdict[]
  /** Lines that add somebody or a role, in order. */
  readonly toAdd: readonly PersonLine[]
}

/**
 * Decides a batch: an address nobody has here is created, a role somebody has not is added, the rest is as it was. Names
 * and languages of members are theirs; access that was withdrawn is not given back by a file.
 */
export function planPeople(
  members: readonly KnownMember[],
  earlier: Earlier,
  lines: readonly PersonLine[],
): PeoplePlan {
  const byEmail = new Map(members.map((member) => [member.email, member]))
  const twice = new Twice({ ...earlier, lineOfRecord: new Map() })
  const toAdd: PersonLine[] = []
  const verdicts = lines.map((line): LineVerdict => {
    if (line.reader.faults.length > 0) return refusedLine(line.line, line.reader.faults)
    const { role, email } = line
    const matchKey = personKeyOf(line)
    const again = twice.fault(line.line, matchKey, null)
    if (again) return refusedLine(line.line, [again])
    const member = byEmail.get(email)
    if (member?.revoked)
      return refusedLine(line.line, [
        { code: 'ACCESS_ENDED', target: 'email', params: { value: shownValue(email) } },
      ])
    const held =
      role === null ||
      member?.roles.some((one) => one.role === role.role && one.territoryId === role.territoryId)
    const outcome = member === undefined ? 'create' : held ? 'unchanged' : 'update'
    if (outcome !== 'unchanged') toAdd.push(line)
    return takenLine(line.line, { outcome, matchKey, recordId: member?.membershipId ?? null })
  })
  return { verdicts, toAdd }
}
