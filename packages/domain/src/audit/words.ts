import type { Localised } from '../field/field-spec.ts'

/** What an id stands for, as far as the journal says it. */
export type SubjectName = {
  readonly kind: 'territory' | 'person' | 'device' | 'field' | 'assignment' | 'import' | 'organisation'
  readonly name: string | Localised
  /** False for a territory that was closed: its page does not open. */
  readonly open?: boolean
  /** Of an assignment: who holds it, as which role, and where. */
  readonly person?: string
  readonly role?: string
  readonly place?: string
}

export type Journalled = {
  readonly subjectId: string | null
  readonly detail: Readonly<Record<string, unknown>>
}

/** What a sentence may name. */
export const AUDIT_WORDS = [
  'subject',
  'person',
  'place',
  'parent',
  'from',
  'to',
  'role',
  'count',
  'rank',
  'kind',
  'until',
  'zone',
  'locale',
  'taken',
] as const
export type AuditWord = (typeof AUDIT_WORDS)[number]
export type Word = string | number | Localised
export type Words = Readonly<Partial<Record<AuditWord, Word>>>

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
const isId = (value: unknown): value is string => typeof value === 'string' && UUID.test(value)

/** Ids whose names the sentences of these lines need. */
export const namedIds = (lines: readonly Journalled[]): string[] => [
  ...new Set(lines.flatMap(({ subjectId, detail }) => [subjectId, ...Object.values(detail)].filter(isId))),
]

/**
 * The words of one line's sentence: names for ids, numbers for lists. What is unknown or was nothing is left out, and
 * the sentence has its way of saying so.
 */
export function wordsOf({ subjectId, detail }: Journalled, names: ReadonlyMap<string, SubjectName>): Words {
  const subject = subjectId === null ? undefined : names.get(subjectId)
  const said = (value: unknown): Word | undefined => (isId(value) ? names.get(value)?.name : plain(value))
  const to = detail.to
  const words: Partial<Record<AuditWord, Word | undefined>> = {
    subject: subject?.kind === 'assignment' ? subject.person : (subject?.name ?? said(detail.name)),
    person: said(detail.membershipId) ?? subject?.person,
    place: said(detail.territoryId) ?? subject?.place,
    parent: said(detail.parentId),
    from: said(detail.from),
    to: said(to),
    role: said(detail.role) ?? subject?.role,
    count: countOf(detail),
    rank: said(detail.rank),
    kind: said(detail.kind),
    until: said(detail.validTo),
    zone: said(property(to, 'timeZone')),
    locale: said(property(to, 'defaultLocale')),
    taken: said(detail.takenAt),
  }
  return Object.fromEntries(Object.entries(words).filter(([, word]) => word !== undefined)) as Words
}

const property = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined

const isLocalised = (value: unknown): value is { fr: string; en: string } =>
  typeof property(value, 'fr') === 'string' && typeof property(value, 'en') === 'string'

/** Names of levels, listed in both languages, for either may be the one that changed; any other object says nothing by itself. */
function plain(value: unknown): Word | undefined {
  if (typeof value === 'string' || typeof value === 'number') return value
  if (!Array.isArray(value) || value.length === 0 || !value.every(isLocalised)) return undefined
  const [fr, en] = [value.map((name) => name.fr).join(', '), value.map((name) => name.en).join(', ')]
  return `${fr} / ${en}`
}

function countOf(detail: Journalled['detail']): number | undefined {
  for (const key of ['moved', 'roles'])
    if (Array.isArray(detail[key])) return (detail[key] as unknown[]).length
  for (const key of ['lines', 'rows', 'count']) if (typeof detail[key] === 'number') return detail[key]
  return undefined
}
